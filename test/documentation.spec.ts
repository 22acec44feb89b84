import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFAULTS } from '@app/batching';

const read = (path: string): string => readFileSync(resolve(__dirname, '..', path), 'utf8');

describe('the documentation', () => {
  const variables = Object.keys(DEFAULTS);

  it.each(variables)('knows %s', (variable) => {
    expect(read('README.md')).toMatch(new RegExp(`^\\|.*\`${variable}\`.*\\|`, 'm'));
    expect(read('.env.example')).toMatch(new RegExp(`^#?${variable}=`, 'm'));
  });

  it('lists no variable in .env.example that nothing reads', () => {
    const listed = [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    // These two belong to the all-in-one process alone.
    expect(listed.filter((name) => !variables.includes(name ?? '')).sort()).toEqual([
      'DATA_DIR',
      'REDIS_SERVER',
    ]);
  });

  it('says of every key who deletes it', () => {
    const keys = [
      ...read('libs/batching/src/redis/keys.ts').matchAll(/key\([`'](rapid-fire-[a-z-]+|[a-z-]+:)/g),
    ];
    expect(keys.length).toBeGreaterThan(10);
    for (const [, key] of keys) expect(read('docs/redis-keys.md')).toContain(key);
  });
});
