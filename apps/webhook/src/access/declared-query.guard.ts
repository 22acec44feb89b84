import { type CanActivate, type ExecutionContext, Injectable, type Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import { getMetadataStorage } from 'class-validator';
import type { Request } from 'express';
import { invalid } from '@app/platform';

const MOST_NAMED = 64;

/**
 * Lets a request pass whose query parameters its route declares. Ignored, a misspelt `companyId` would make a call for one
 * company a call for all of them.
 */
@Injectable()
export class DeclaredQueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<Request>();
    const declared = declaredBy(context.getClass(), context.getHandler().name);
    const unknown = Object.keys(query).filter((name) => !declared.has(name));
    if (unknown.length === 0) return true;
    const known = declared.size === 0 ? 'has none' : `has ${[...declared].sort().join(', ')}`;
    const message = `is no query parameter of this call, which ${known}`;
    throw invalid(unknown.map((name) => ({ field: name.slice(0, MOST_NAMED), message })));
  }
}

/** The fields of the classes that a handler takes with `@Query()`. */
function declaredBy(controller: Type, handler: string): Set<string> {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { index: number }
  >;
  const types = Reflect.getMetadata('design:paramtypes', controller.prototype as object, handler) as Type[];
  return new Set(
    Object.entries(args)
      .filter(([kind]) => kind.startsWith(`${RouteParamtypes.QUERY}:`))
      .flatMap(([, { index }]) => fieldsOf(types[index] as Type)),
  );
}

function fieldsOf(query: Type): string[] {
  return getMetadataStorage()
    .getTargetValidationMetadatas(query, '', false, false)
    .map(({ propertyName }) => propertyName);
}
