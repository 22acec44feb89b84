import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { withExamples, withTable } from '@app/config';
import { allSettings } from '@app/settings';
import { BatcherModule } from '../apps/batcher/src/batcher.module';
import { WebhookModule } from '../apps/webhook/src/webhook.module';
import { WorkerModule } from '../apps/worker/src/worker.module';
import { anchorsOf, literals, matches, PAGES, read } from './support/pages';

const ROOT = resolve(__dirname, '..');

const HTTP = read('docs/http.md');
const SETTINGS = read('docs/settings.md');
const EXAMPLE = read('.env.example');
const REDIS_KEYS = read('docs/redis-keys.md');
const OPERATIONS = read('docs/operations.md');
const RETENTION = read('docs/retention.md');
const METRICS = read('docs/metrics.md');

/** Read by the all-in-one process alone, before there are settings. */
const UNCHECKED = ['DATA_DIR', 'REDIS_SERVER'];
/** Served by Swagger's own module, which has no controller. */
const SWAGGER = ['GET /docs', 'GET /docs-json'];

const routes = [
  ...new Set([...routesOf(WebhookModule), ...routesOf(BatcherModule), ...routesOf(WorkerModule), ...SWAGGER]),
].sort();
const keys = literals('libs/batching/src/store/keys.ts', /(?:key|channel)\([`']([a-z-]+(?::(?=\$))?)/g);

describe('the settings', () => {
  const { variables } = allSettings;

  it('stand in docs/settings.md and .env.example as they are declared; else `npm run docs:settings` writes them', () => {
    expect(withTable(SETTINGS, variables)).toBe(SETTINGS);
    expect(withExamples(EXAMPLE, variables)).toBe(EXAMPLE);
  });

  it('in docs/settings.md and .env.example are all read', () => {
    const rows = matches(SETTINGS, /^\| `([A-Z_]+)` \|/gm);
    const lines = matches(EXAMPLE, /^#?([A-Z_]+)=/gm);
    const known = new Set<string>([...variables.map(({ name }) => name), ...UNCHECKED]);
    expect([...rows, ...lines].filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the calls', () => {
  const PATTERN = /`((?:GET|POST|PUT|PATCH|DELETE) \/[^`?\s]*)/g;
  const listed = matches(HTTP, PATTERN);

  it('are found, to begin with', () => {
    expect(routes).toContain('POST /webhook/whatsapp/batched');
    expect(routes.length).toBeGreaterThan(20);
  });

  it.each(routes)('%s is in docs/http.md', (route) => {
    expect(listed).toContain(route);
  });

  it('that the documentation names exist', () => {
    const named = PAGES.flatMap((page) => matches(read(page), PATTERN));
    // Ours have their parameters behind colons; in angle brackets they are a gateway's.
    expect(named.filter((route) => !route.includes('<') && !routes.includes(route))).toEqual([]);
  });
});

describe('the keys', () => {
  it('are found, to begin with', () => {
    expect(keys).toEqual(expect.arrayContaining(['rapid-fire:', 'last-msg:', 'rapid-fire-due']));
  });

  it.each(keys)('%s has its row in docs/redis-keys.md', (key) => {
    expect(REDIS_KEYS).toMatch(new RegExp(`^\\| \`${key}${key.endsWith(':') ? '<' : '`'}`, 'm'));
  });

  it.each(keys)('%s is in docs/retention.md, which says what ends the texts and phones in it', (key) => {
    expect(RETENTION).toContain(`\`${key}`);
  });

  it('in docs/redis-keys.md are all built', () => {
    const rows = matches(REDIS_KEYS, /^\| `((?:rapid-fire|last-msg)[a-z-]*:?)/gm);
    expect(rows.filter((key) => !keys.includes(key))).toEqual([]);
  });
});

describe('the metrics', () => {
  const folders = [
    'apps/assistant/src/metrics',
    'apps/webhook/src/gateways',
    'apps/webhook/src/replies',
    'apps/worker/src/delivery',
    'apps/worker/src/pictures',
    'apps/worker/src/transcription',
    ...['config', 'hand-off', 'operators', 'processes', 'queue', 'redis', 'timeline', 'window'].map(
      (part) => `libs/batching/src/${part}`,
    ),
    'libs/platform/src/metrics',
    'libs/settings/src/companies',
  ];
  const files = folders.flatMap((folder) =>
    readdirSync(resolve(ROOT, folder))
      .filter((file) => file.endsWith('.metrics.ts'))
      .map((file) => `${folder}/${file}`),
  );
  const made = files.flatMap((file) => literals(file, /name: '([a-z_]+)'|^ {2}([a-z_]+): \[/gm));

  it('are found, to begin with', () => {
    expect(made).toEqual(expect.arrayContaining(['messages_accepted_total', 'dead_letters']));
  });

  it.each(made)('rapid_fire_%s has its row in docs/metrics.md', (name) => {
    expect(METRICS).toMatch(new RegExp(`^\\| .*\`rapid_fire_${name}\``, 'm'));
  });

  it('that the documentation names exist', () => {
    const named = PAGES.flatMap((page) => matches(read(page), /`rapid_fire_([a-z_]+)/g));
    const ours = named.filter((name) => name !== '' && !/^(nodejs|process_resident)_/.test(name));
    expect(ours.filter((name) => !made.includes(name))).toEqual([]);
  });
});

describe('the alerts', () => {
  const ALERTS = read('ops/prometheus/alerts.yml');
  const severities = [...ALERTS.matchAll(/- alert: (\w+)[^]*?severity: (\w+)/g)].map(
    ([, name = '', severity = '']) => [name, severity] as const,
  );
  const names = severities.map(([name]) => name);
  const anchors = anchorsOf('docs/operations.md');

  it.each(severities)('%s, %s, is tested, and has its row in docs/operations.md', (name, severity) => {
    expect(OPERATIONS).toContain(`\n| \`${name}\` | ${severity} |`);
    expect(read('ops/prometheus/alerts.test.yml')).toContain(name);
  });

  it('that the documentation names exist', () => {
    expect(matches(OPERATIONS, /`(RapidFire\w+)`/g).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('each have a severity, say what to do, and lead to a section that exists', () => {
    expect(names.length).toBeGreaterThan(10);
    const runbooks = matches(ALERTS, /runbook: docs\/operations\.md#([\w-]+)$/gm);
    expect(runbooks.filter((anchor) => !anchors.has(anchor))).toEqual([]);
    const parts = [
      /- alert: (.)/g,
      /severity: (critical|warning) /g,
      /summary: (.)/g,
      /description: (.)/g,
      /runbook: (.)/g,
    ];
    expect(parts.map((part) => matches(ALERTS, part).length)).toEqual(parts.map(() => names.length));
  });

  it('and the panels of the dashboard name no section that does not', () => {
    const named = matches(read('ops/grafana/rapid-fire.json'), /docs\/operations\.md#([\w-]+)/g);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });
});

/** What Nest would serve of a module and all that it imports, as `GET /path`; nothing is started for it. */
function routesOf(module: unknown, seen = new Set<unknown>()): string[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const parts = [module, (module as { module?: unknown }).module].flatMap((part) => [
    part as Record<string, unknown> | undefined,
    typeof part === 'function' ? metadataOf(part) : undefined,
  ]);
  const all = (name: string): unknown[] =>
    parts.flatMap((part) => (part?.[name] as unknown[] | undefined) ?? []);
  return [
    ...all('controllers').flatMap((controller) => routesOfController(controller as new () => object)),
    ...all('imports').flatMap((imported) => routesOf(imported, seen)),
  ];
}

function metadataOf(module: object): Record<string, unknown> {
  const { CONTROLLERS, IMPORTS } = MODULE_METADATA;
  return {
    controllers: Reflect.getMetadata(CONTROLLERS, module) as unknown,
    imports: Reflect.getMetadata(IMPORTS, module) as unknown,
  };
}

function routesOfController(controller: new () => object): string[] {
  const prefix = Reflect.getMetadata(PATH_METADATA, controller) as string;
  const { prototype } = controller as { prototype: Record<string, unknown> };
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name] as object;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
    return paths.map((path) => `${RequestMethod[method]} ${joined(prefix, path)}`);
  });
}

/** A wildcard's name says nothing to a reader. */
function joined(...parts: string[]): string {
  const path = parts.flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${path.map((part) => (part.startsWith('*') ? '*' : part)).join('/')}`;
}
