import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Pm2App {
  name: string;
  script: string;
  instances: number;
  max_memory_restart?: string;
  stop_exit_codes: number[];
  kill_timeout: number;
}

describe('the PM2 configuration', () => {
  const { apps } = configured({});

  it('has the names and limits that operators know', () => {
    expect(
      apps.map(({ name, instances, max_memory_restart }) => [name, instances, max_memory_restart]),
    ).toEqual([
      ['ai-admin-api', 1, undefined],
      ['ai-admin-batch-processor', 1, '400M'],
      ['ai-admin-worker', 1, undefined],
    ]);
  });

  it('has the assistant where AI_URL is set', () => {
    const [assistant, ...others] = configured({ AI_URL: 'http://127.0.0.1/v1' }).apps.slice(apps.length);
    expect([assistant?.name, assistant?.script, others]).toEqual([
      ...['ai-admin-assistant', 'dist/apps/assistant/src/main.js', []],
    ]);
  });

  it('starts what the package’s scripts start', () => {
    const { scripts } = JSON.parse(readFileSync(resolve(__dirname, '../package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const started = Object.values(scripts).join('\n');

    for (const { script } of apps) expect(started).toContain(script);
  });

  it('does not start a wrong configuration again and again', () => {
    for (const { stop_exit_codes } of apps) expect(stop_exit_codes).toContain(78);
  });
});

/** As PM2 reads it with these variables. */
function configured(variables: Record<string, string>): { apps: Pm2App[] } {
  const { AI_URL } = process.env;
  Object.assign(process.env, { AI_URL: '' }, variables);
  try {
    let config: { apps: Pm2App[] } = { apps: [] };
    jest.isolateModules(() => (config = jest.requireActual('../ecosystem.config.js')));
    return config;
  } finally {
    if (AI_URL === undefined) delete process.env.AI_URL;
    else process.env.AI_URL = AI_URL;
  }
}
