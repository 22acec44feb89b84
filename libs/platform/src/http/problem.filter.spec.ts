import { PassThrough } from 'node:stream';
import { Controller, Get, HttpException, type INestApplication, Logger, Param, Query } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { IsInt } from 'class-validator';
import { PinoLogger } from '../logging/pino-logger';
import { ProblemException } from './problem';
import { ProblemFilter } from './problem.filter';
import { validationPipe } from './validation';

class KnownToOthers extends Error {}

const ERRORS: Record<string, () => unknown> = {
  http: () => new HttpException('gone for good', 410),
  problem: () => new ProblemException(429, { detail: 'full', errors: [{ field: 'phone', message: 'x' }] }, 3),
  known: () => new KnownToOthers('redis://user:secret@host'),
  unforeseen: () => new TypeError('redis://user:secret@host'),
  text: () => 'secret',
};

class Numbered {
  @IsInt()
  number!: number;
}

@Controller()
class FailingController {
  @Get('fail/:how')
  fail(@Param('how') how: string): never {
    throw ERRORS[how]?.();
  }

  @Get('number')
  number(@Query() query: Numbered): Numbered {
    return query;
  }
}

interface Answer {
  status: number;
  type: string | null;
  retryAfter: string | null;
  body: unknown;
}

describe('error answers', () => {
  const log = new PassThrough();
  let app: INestApplication;

  beforeAll(async () => {
    const logger = new PinoLogger({ service: 'test', level: 'error', pretty: false, maskPhones: false }, log);
    const module = await Test.createTestingModule({ controllers: [FailingController] })
      .setLogger(logger)
      .compile();
    app = module.createNestApplication();
    app.useGlobalPipes(validationPipe());
    const known = (error: unknown): ProblemException | null =>
      error instanceof KnownToOthers ? new ProblemException(503, { detail: 'away' }, 2) : null;
    app.useGlobalFilters(new ProblemFilter([known]));
    await app.listen(0, '127.0.0.1');
  });

  beforeEach(() => void log.read());

  afterAll(async () => {
    await app.close();
    Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']);
  });

  async function get(path: string): Promise<Answer> {
    const response = await fetch((await app.getUrl()) + path);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      retryAfter: response.headers.get('retry-after'),
      body: await response.json(),
    };
  }

  const problem = (
    status: number,
    title: string,
    more: object,
    retryAfter: string | null = null,
  ): Answer => ({
    status,
    type: 'application/problem+json; charset=utf-8',
    retryAfter,
    body: { type: 'about:blank', title, status, ...more },
  });

  it('are problem details for an HTTP exception', async () => {
    expect(await get('/fail/http')).toEqual(problem(410, 'Gone', { detail: 'gone for good' }));
    expect(await get('/nowhere')).toEqual(problem(404, 'Not Found', { detail: 'Cannot GET /nowhere' }));
  });

  it('say which fields are at fault and when to try again', async () => {
    const errors = [{ field: 'phone', message: 'x' }];
    expect(await get('/fail/problem')).toEqual(
      problem(429, 'Too Many Requests', { detail: 'full', errors }, '3'),
    );
  });

  it('name the fields that a query has wrong', async () => {
    expect(await get('/number?number=x')).toMatchObject({
      status: 400,
      body: { detail: 'Not valid: number.', errors: [{ field: 'number' }] },
    });
  });

  it('are what a library’s error was known as', async () => {
    expect(await get('/fail/known')).toEqual(problem(503, 'Service Unavailable', { detail: 'away' }, '2'));
    expect(log.read()).toBeNull();
  });

  it.each(['unforeseen', 'text'])('tell the caller nothing of an unforeseen error (%s)', async (how) => {
    const answer = await get(`/fail/${how}`);
    const detail = 'The server could not do this. Its log says why.';
    expect(answer).toEqual(problem(500, 'Internal Server Error', { detail }));
    expect(String(log.read())).toContain('secret');
  });
});
