import 'reflect-metadata';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { INJECTABLE_WATERMARK, MODULE_METADATA } from '@nestjs/common/constants.js';
import { BatcherModule } from '../apps/batcher/src/batcher.module';
import { WebhookModule } from '../apps/webhook/src/webhook.module';
import { WorkerModule } from '../apps/worker/src/worker.module';

type Imported = Type | DynamicModule;

/** What a module and all that it imports list under a name; nothing is started for it. */
function listed<T>(name: 'imports' | 'providers', module: Imported, seen = new Set<unknown>()): T[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const isDynamic = 'module' in module;
  const own = isDynamic ? ((module[name] as T[] | undefined) ?? []) : of<T>(name, module);
  const imported = isDynamic
    ? [module.module, ...((module.imports ?? []) as Imported[])]
    : of<Imported>(MODULE_METADATA.IMPORTS, module);
  return [...own, ...imported.flatMap((one) => listed<T>(name, one, seen))];
}

function of<T>(name: string, module: Type): T[] {
  return (Reflect.getMetadata(name, module) as T[] | undefined) ?? [];
}

const isInjectable = (provider: Type): boolean => Reflect.hasMetadata(INJECTABLE_WATERMARK, provider);

const providers = new Set(
  [WebhookModule, BatcherModule, WorkerModule].flatMap((module) => listed<Provider>('providers', module)),
);
// Nest's own, which takes nothing.
const NOT_OURS = ['MetadataScanner'];
const classes = [...providers]
  .filter((provider) => typeof provider === 'function')
  .filter(({ name }) => !NOT_OURS.includes(name));

describe('what the modules list', () => {
  it('is all that the applications consist of', () => {
    expect(classes.length).toBeGreaterThan(50);
  });

  it('is a class that says that it is injected, or has a provider beside it', () => {
    expect(classes.filter((provider) => !isInjectable(provider)).map(({ name }) => name)).toEqual([]);
  });

  it('would be found where it is neither', () => {
    expect(isInjectable(Map)).toBe(false);
  });
});
