import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { allSettings } from '@app/settings';

const ROOT = resolve(__dirname, '..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
const isThere = (path: string): boolean => existsSync(resolve(ROOT, path));

interface Service {
  image: string;
  profiles?: string[];
  build?: string | { context: string; target: string };
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
}

const COMPOSE = read('compose.yaml');
const { services } = load(COMPOSE, { schema: CORE_SCHEMA.withTags(mergeTag) }) as {
  services: Record<string, Service>;
};
const DOCKERFILE = read('Dockerfile');

/** A package of its own, with its own dependencies, and an image of its own. */
const OPTIONAL = 'assistant';

/** The applications that `nest build` makes, and the variable that says where each listens. */
const APPLICATIONS = Object.entries(
  (JSON.parse(read('nest-cli.json')) as { projects: Record<string, { type: string }> }).projects,
)
  .filter(([name, { type }]) => type === 'application' && name !== OPTIONAL)
  .map(([name]): [string, string] => [name, name === 'webhook' ? 'PORT' : `${name.toUpperCase()}_PORT`]);

describe('compose.yaml', () => {
  it('pins every image, ours to the version in package.json', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    for (const { image } of Object.values(services)) expect(image).toMatch(/:v?\d+\.\d+\.\d+/);
    expect(services.webhook?.image).toBe(`rapid-fire:${version}`);
  });

  it.each(APPLICATIONS)('runs %s from the build, on the port of %s', (name, variable) => {
    const { command = [], environment = {}, ports = [], healthcheck } = services[name] ?? {};
    const port = String(allSettings.variables.find((each) => each.name === variable)?.standard);
    expect(command).toEqual(startCommandOf(name));
    expect(environment[variable]).toBe(port);
    expect(ports.map((each) => each.split(':').slice(-2))).toEqual([[port, port]]);
    expect(healthcheck?.test.at(-1)).toBe(port);
    expect(
      Object.keys(environment).filter(
        (each) => !allSettings.variables.some(({ name: ours }) => ours === each),
      ),
    ).toEqual([]);
  });

  it('runs the assistant where it is asked for only, from an image of its own, on a port that nobody else reaches', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const port = String(allSettings.variables.find(({ name }) => name === 'ASSISTANT_PORT')?.standard);
    const { ports, healthcheck, environment, ...assistant } = services.assistant ?? { image: '' };
    expect(assistant).toMatchObject({
      profiles: ['assistant'],
      build: { context: '.', target: 'assistant' },
      image: `rapid-fire-assistant:${version}`,
      command: startCommandOf('assistant'),
    });
    expect([ports, environment?.ASSISTANT_PORT, healthcheck?.test.at(-1)]).toEqual([undefined, port, port]);
    for (const name of ['webhook', 'batcher', 'worker'])
      expect([services[name]?.profiles, services[name]?.build]).toEqual([undefined, '.']);
  });

  it('has no secret of its own, and asks for those that are required', () => {
    const interpolated = [...COMPOSE.matchAll(/\$\{(\w+)(:\?)?/g)].map(([, name, mark]) => [name, mark]);
    expect(interpolated).toEqual([
      ['WEBHOOK_SECRET', ':?'],
      ['ADMIN_API_KEY', ':?'],
    ]);
  });

  it('has a Redis that keeps what it acknowledged', () => {
    const command = services.redis?.command?.join(' ');
    expect(command).toContain('--appendonly yes --appendfsync always --maxmemory-policy noeviction');
    expect(services.redis?.volumes).toEqual(['redis:/data']);
  });

  it('mounts only what is in the repository', () => {
    const mounted = Object.values(services)
      .flatMap(({ volumes = [] }) => volumes)
      .filter((volume) => volume.startsWith('./'))
      .map((volume) => volume.split(':')[0] ?? '');
    expect(mounted.length).toBeGreaterThan(3);
    expect(mounted.filter((path) => !isThere(path))).toEqual([]);
  });
});

describe('the Dockerfile', () => {
  const copied = [...DOCKERFILE.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  );

  it('copies only what is there and what .dockerignore lets through', () => {
    const [, ...allowed] = read('.dockerignore')
      .split('\n')
      .filter((line) => /^[!*]/.test(line));
    expect(copied.filter((path) => !isThere(path))).toEqual([]);
    expect(copied.filter((path) => !allowed.includes(`!${path}`))).toEqual([]);
  });

  it('copies what `npm run build` runs', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const program = scripts.build?.split(' ').at(-1) ?? '';
    const imported = [...read(program).matchAll(/ from '\.\/(\w+)\//g)].map(
      ([, folder]) => `scripts/${folder}`,
    );
    expect(imported).not.toEqual([]);
    expect(copied).toEqual(expect.arrayContaining([program, ...imported]));
  });

  it('begins every stage from the same pinned Node, one that the project runs on', () => {
    const versions = new Set([...DOCKERFILE.matchAll(/^FROM node:(\d+\.\d+\.\d+)-/gm)].map(([, v]) => v));
    const [major = 0, minor = 0] = [...versions][0]?.split('.').map(Number) ?? [];
    expect([versions.size, DOCKERFILE.match(/^FROM node/gm)?.length]).toEqual([1, 3]);
    const ours = [...DOCKERFILE.matchAll(/^FROM (?!node)(\S+)/gm)].map(([, stage = '']) => stage);
    expect(ours.filter((stage) => !DOCKERFILE.includes(` AS ${stage}\n`))).toEqual([]);
    expect(major * 1_000 + minor).toBeGreaterThanOrEqual(20_019);
  });

  it('starts the webhook where no role is given, and not as root', () => {
    expect(commandOf('core')).toEqual(startCommandOf('webhook'));
    expect(commandOf('assistant')).toEqual(startCommandOf('assistant'));
    expect(DOCKERFILE.trimEnd().endsWith('\nFROM core')).toBe(true);
    expect(stageOf('core')).toContain('\nUSER node\n');
    expect(DOCKERFILE.match(/^USER/gm)).toHaveLength(1);
  });

  it('gives the assistant its packages where its build looks for them, and nobody else', () => {
    expect(stageOf('assistant')).toContain(
      '/app/apps/assistant/node_modules ./dist/apps/assistant/node_modules',
    );
    expect(stageOf('core')).not.toContain('assistant');
    expect(isThere('apps/assistant/package-lock.json')).toBe(true);
  });
});

/** As `npm run start:NAME` does, without npm, which would not pass signals on. */
function startCommandOf(name: string): string[] {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  return scripts[`start:${name}`]?.split(' ') ?? [];
}

/** The lines of a stage of the Dockerfile. */
function stageOf(name: string): string {
  const stage = DOCKERFILE.split(/^(?=FROM )/m).find((each) =>
    each.split('\n', 1)[0]?.endsWith(` AS ${name}`),
  );
  return stage ?? '';
}

function commandOf(stage: string): unknown {
  return JSON.parse(/^CMD (\[.*\])$/m.exec(stageOf(stage))?.[1] ?? 'null');
}
