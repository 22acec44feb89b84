import type { IncomingMessage } from 'node:http';
import { type INestApplicationContext, RequestMethod, type Type } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  HEADERS_METADATA,
  HTTP_CODE_METADATA,
  INTERCEPTORS_METADATA,
  METHOD_METADATA,
  PATH_METADATA,
  PIPES_METADATA,
  ROUTE_ARGS_METADATA,
  RouteParamtypes,
} from '@nestjs/common/internal';
import { ModulesContainer } from '@nestjs/core';
import { JsonBody } from '../http/body.interceptors';
import { SHORT_LANE } from './short-lane.decorator';

/** A guard that the short lane can ask too. */
export interface LaneGuard {
  /** True if the headers alone let a request in; any other is left to Nest, and to `canActivate`. */
  admits(request: IncomingMessage): boolean;
}

/** The handler for a path of the short lane. */
export interface LaneRoute {
  readonly guards: readonly LaneGuard[];
  readonly answer: (body: unknown) => Promise<unknown>;
}

/** A marked method, and the class and the instance that have it. */
interface Marked {
  readonly controller: Type;
  readonly instance: Readonly<Record<string, (body: unknown) => Promise<unknown>>>;
  readonly name: string;
}

/**
 * The methods that `@ShortLane()` marks, by their paths.
 *
 * @throws Error if Nest would do something for a marked method that the lane does not.
 */
export function laneRoutesOf(app: INestApplicationContext): ReadonlyMap<string, LaneRoute> {
  return new Map(
    markedMethods(app).map((marked) => {
      requireNothingElse(marked);
      const { instance, name } = marked;
      const guards = declared(marked, GUARDS_METADATA).map((guard) => laneGuard(app, guard as Type, marked));
      return [pathOf(marked), { guards, answer: (body) => (instance[name] as Answer).call(instance, body) }];
    }),
  );
}

type Answer = LaneRoute['answer'];

function markedMethods(app: INestApplicationContext): Marked[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype, instance }) => {
    const controller = metatype as Type;
    const { prototype } = controller as { prototype: object };
    const marked = Object.getOwnPropertyNames(prototype).filter((name) =>
      Reflect.hasMetadata(SHORT_LANE, (prototype as Marked['instance'])[name] as object),
    );
    return marked.map((name) => ({ controller, instance: instance as Marked['instance'], name }));
  });
}

function pathOf({ controller, instance, name }: Marked): string {
  const of = (target: object): string => Reflect.getMetadata(PATH_METADATA, target) as string;
  const parts = [of(controller), of(instance[name] as Answer)].flatMap((path) => path.split('/'));
  return `/${parts.filter((part) => part !== '').join('/')}`;
}

function laneGuard(app: INestApplicationContext, guard: Type, marked: Marked): LaneGuard {
  const found: Partial<LaneGuard> = app.get<LaneGuard>(guard, { strict: false });
  if (typeof found.admits !== 'function') throw unfit(marked, `${guard.name} cannot decide by headers alone`);
  return found as LaneGuard;
}

/** Fails at start, because the lane would silently leave out what it does not support. */
function requireNothingElse(marked: Marked): void {
  const { controller, instance, name } = marked;
  const method = instance[name] as Answer;
  if (Reflect.getMetadata(METHOD_METADATA, method) !== RequestMethod.POST)
    throw unfit(marked, 'it is no POST');
  if (Reflect.getMetadata(HTTP_CODE_METADATA, method) !== 200) throw unfit(marked, 'it does not answer 200');
  const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as
    Record<string, { data?: unknown; pipes: unknown[] }> | undefined;
  const [body, ...more] = Object.entries(args ?? {});
  const isBody = body?.[0] === `${RouteParamtypes.BODY}:0` && more.length === 0;
  if (!isBody || body[1].data !== undefined || body[1].pipes.length > 0)
    throw unfit(marked, 'it takes something else than the whole body as it is');
  const others = [PIPES_METADATA, EXCEPTION_FILTERS_METADATA, HEADERS_METADATA, INTERCEPTORS_METADATA]
    .flatMap((kind) => declared(marked, kind))
    .filter((one) => one !== JsonBody);
  if (others.length > 0) throw unfit(marked, 'it has pipes, filters, headers or interceptors of its own');
}

/** The values that decorators of the class and of the method declare. */
function declared({ controller, instance, name }: Marked, kind: string): unknown[] {
  return [controller, instance[name] as Answer].flatMap(
    (target) => (Reflect.getMetadata(kind, target) as unknown[] | undefined) ?? [],
  );
}

function unfit({ controller, name }: Marked, reason: string): Error {
  return new Error(`${controller.name}.${name} cannot have @ShortLane(): ${reason}`);
}
