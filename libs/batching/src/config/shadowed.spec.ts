import { shadowedVariables } from './shadowed';
import type { Source, Variables } from './sources';

describe('a variable that the shell and a file give differently', () => {
  it('is named with both places of a Redis URL, and with nothing else of it', () => {
    const [line, ...others] = shadowed(
      { REDIS_URL: 'redis://:old-pass@localhost:6379/2' },
      { REDIS_URL: 'redis://:new-pass@localhost:6380' },
    );

    expect(others).toEqual([]);
    expect(line).toBe(
      'REDIS_URL is localhost:6379, database 2 in the shell and localhost:6380, database 0 in .env. ' +
        'The shell wins, for what a process is started with goes before its files; ' +
        'if .env is right: unset REDIS_URL',
    );
  });

  it('says that only the hidden part of a URL differs, without showing it', () => {
    const [line] = shadowed(
      { REDIS_URL: 'redis://:old-pass@localhost:6379' },
      { REDIS_URL: 'redis://:new-pass@localhost:6379' },
    );

    expect(line).toContain('REDIS_URL differs between the shell and .env (values not shown)');
    expect(line).not.toContain('pass');
  });

  it.each(['WEBHOOK_SECRET', 'ADMIN_API_KEY', 'QUEUE_NAME'])('never shows %s', (name) => {
    const [line] = shadowed({ [name]: 'first-value' }, { [name]: 'second-value' });

    expect(line).toContain(`${name} differs`);
    expect(line).not.toMatch(/first-value|second-value/);
  });

  it('shows a number, but not a text that stands in a number’s place', () => {
    expect(shadowed({ BATCH_TIMEOUT: '5000' }, { BATCH_TIMEOUT: '9000' })[0]).toContain(
      'is 5000 in the shell',
    );
    expect(shadowed({ BATCH_TIMEOUT: 'hunter2' }, { BATCH_TIMEOUT: '9000' })[0]).not.toContain('hunter2');
  });

  it('tells what PM2 needs, under PM2', () => {
    const [line] = shadowed({ pm_id: '0', PORT: '3000' }, { PORT: '3005' });

    expect(line).toContain('pm2 restart NAME --update-env');
  });

  it('is compared with the special file where both files have it', () => {
    const sources = [
      source('shell', { PORT: '1' }),
      source('.env.production', { PORT: '2' }),
      source('.env', { PORT: '1' }),
    ];

    expect(shadowedVariables(sources)[0]).toContain('2 in .env.production');
  });

  it('is none where they agree, where only one has it, or where it is not ours', () => {
    expect(shadowed({ PORT: '1', HOME: '/a' }, { PORT: '1', HOME: '/b', LOG_LEVEL: 'info' })).toEqual([]);
  });
});

function shadowed(shell: Variables, file: Variables): string[] {
  return shadowedVariables([source('shell', shell), source('.env.test', {}), source('.env', file)]);
}

function source(name: string, variables: Variables): Source {
  return { name, variables };
}
