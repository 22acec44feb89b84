import type { IncomingMessage } from 'node:http';
import {
  Body,
  type CanActivate,
  Controller,
  Get,
  Headers,
  HttpCode,
  Injectable,
  Module,
  Post,
  type Type,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JsonBody } from '../http/body.interceptors';
import { RequestBodies } from '../http/request-bodies';
import { type LaneRoute, laneRoutesOf } from './lane-routes';
import { ShortLane } from './short-lane.decorator';

@Injectable()
class OpenOnMondays implements CanActivate {
  canActivate(): boolean {
    return true;
  }

  admits({ headers }: IncomingMessage): boolean {
    return headers['x-day'] === 'monday';
  }
}

@Injectable()
class NeedsTheBody implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@UseGuards(OpenOnMondays)
@UseInterceptors(JsonBody)
@Controller('orders')
class Orders {
  private readonly taken: unknown[] = [];

  @ShortLane()
  @Post('new')
  @HttpCode(200)
  take(@Body() body: unknown): Promise<number> {
    return Promise.resolve(this.taken.push(body));
  }

  @Post('old')
  @HttpCode(200)
  unmarked(): void {}
}

async function routesOf(controller: Type): Promise<ReadonlyMap<string, LaneRoute>> {
  @Module({
    controllers: [controller],
    providers: [{ provide: RequestBodies, useFactory: () => new RequestBodies(1024) }],
  })
  class App {}
  const app = await NestFactory.createApplicationContext(App, { logger: false });
  return laneRoutesOf(app);
}

describe('the routes of the short lane', () => {
  it('are the marked methods, by path', async () => {
    expect([...(await routesOf(Orders)).keys()]).toEqual(['/orders/new']);
  });

  it('call the method of the controller that Nest made', async () => {
    const route = (await routesOf(Orders)).get('/orders/new');
    await route?.answer('one');
    expect(await route?.answer('two')).toBe(2);
  });

  it('ask the guards that the controller declares', async () => {
    const guards = (await routesOf(Orders)).get('/orders/new')?.guards ?? [];
    const asked = ['monday', 'tuesday'].map((day) =>
      guards.map((guard) => guard.admits({ headers: { 'x-day': day } } as unknown as IncomingMessage)),
    );
    expect(asked).toEqual([[true], [false]]);
  });

  it.each([
    ['a guard that needs the body', guarded(), 'NeedsTheBody'],
    ['a pipe', piped(), 'pipes'],
    ['a pipe of its argument', choosy(), 'whole body as it is'],
    ['a part of the body', partial(), 'whole body as it is'],
    ['another argument', curious(), 'something else than the whole body'],
    ['another method', reading(), 'no POST'],
    ['another status', creating(), 'does not answer 200'],
  ])('cannot be a method with %s', async (_, controller, reason) => {
    await expect(routesOf(controller)).rejects.toThrow(reason);
  });
});

function guarded(): Type {
  @Controller()
  class Guarded {
    @ShortLane()
    @UseGuards(NeedsTheBody)
    @Post()
    @HttpCode(200)
    take(@Body() body: unknown): unknown {
      return body;
    }
  }
  return Guarded;
}

function piped(): Type {
  @Controller()
  class Piped {
    @ShortLane()
    @UsePipes(ValidationPipe)
    @Post()
    @HttpCode(200)
    take(@Body() body: unknown): unknown {
      return body;
    }
  }
  return Piped;
}

function choosy(): Type {
  @Controller()
  class Choosy {
    @ShortLane()
    @Post()
    @HttpCode(200)
    take(@Body(ValidationPipe) body: unknown): unknown {
      return body;
    }
  }
  return Choosy;
}

function partial(): Type {
  @Controller()
  class Partial {
    @ShortLane()
    @Post()
    @HttpCode(200)
    take(@Body('text') text: unknown): unknown {
      return text;
    }
  }
  return Partial;
}

function curious(): Type {
  @Controller()
  class Curious {
    @ShortLane()
    @Post()
    @HttpCode(200)
    take(@Body() body: unknown, @Headers() headers: unknown): unknown {
      return [body, headers];
    }
  }
  return Curious;
}

function reading(): Type {
  @Controller()
  class Reading {
    @ShortLane()
    @Get()
    take(@Body() body: unknown): unknown {
      return body;
    }
  }
  return Reading;
}

function creating(): Type {
  @Controller()
  class Creating {
    @ShortLane()
    @Post()
    take(@Body() body: unknown): unknown {
      return body;
    }
  }
  return Creating;
}
