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
  const { apps } = jest.requireActual<{ apps: Pm2App[] }>('../ecosystem.config.js');

  it('has the names and limits that operators know', () => {
    expect(
      apps.map(({ name, instances, max_memory_restart }) => [name, instances, max_memory_restart]),
    ).toEqual([
      ['ai-admin-api', 1, undefined],
      ['ai-admin-batch-processor', 1, '200M'],
      ['ai-admin-worker', 1, undefined],
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
