import { shadowedVariables } from './shadowed';
import type { Source, Variables } from './sources';
import { group } from './testing/variables';

describe('a variable that the shell and a file give differently', () => {
  it('is named with what may be shown of both URLs, and with nothing else of them', () => {
    const [line, ...others] = shadowed(
      { SERVERS: 'redis://:old-pass@localhost:6379' },
      { SERVERS: 'redis://:new-pass@localhost:6380' },
    );

    expect(others).toEqual([]);
    expect(line).toBe(
      'SERVERS is localhost:6379 in the shell and localhost:6380 in .env. ' +
        'The shell wins, for what a process is started with goes before its files; ' +
        'if .env is right: unset SERVERS',
    );
  });

  it('says that only the hidden part of a URL differs, without showing it', () => {
    const [line] = shadowed(
      { SERVERS: 'redis://:old-pass@localhost:6379' },
      { SERVERS: 'redis://:new-pass@localhost:6379' },
    );

    expect(line).toContain('SERVERS differs between the shell and .env (values not shown)');
    expect(line).not.toContain('pass');
  });

  it.each(['WEBHOOK_SECRET', 'PASSWORD', 'QUEUE_NAME'])('never shows %s', (name) => {
    const [line] = shadowed({ [name]: 'first-value' }, { [name]: 'second-value' });

    expect(line).toContain(`${name} differs`);
    expect(line).not.toMatch(/first-value|second-value/);
  });

  it('shows a number, but not a text that stands in a number’s place', () => {
    expect(shadowed({ PORT: '5000' }, { PORT: '9000' })[0]).toContain('is 5000 in the shell');
    expect(shadowed({ PORT: 'hunter2' }, { PORT: '9000' })[0]).not.toContain('hunter2');
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

    expect(shadowedVariables(group.variables, sources)[0]).toContain('2 in .env.production');
  });

  it('is none where they agree, where only one has it, or where it is not ours', () => {
    expect(shadowed({ PORT: '1', HOME: '/a' }, { PORT: '1', HOME: '/b', PASSWORD: 'one' })).toEqual([]);
  });
});

function shadowed(shell: Variables, file: Variables): string[] {
  return shadowedVariables(group.variables, [
    source('shell', shell),
    source('.env.test', {}),
    source('.env', file),
  ]);
}

function source(name: string, variables: Variables): Source {
  return { name, variables };
}
