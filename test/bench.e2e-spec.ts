import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Child } from './support/child';
import { UNHURRIED } from './support/patience';
import { redisBinary } from './support/redis-binary';

const ROOT = resolve(__dirname, '..');
// One of each kind: over HTTP, in this process, and of what Redis holds. All would take as long as a storm.
const NAMES = ['webhook', 'hand-off', 'open-conversations'];

interface Result {
  at: string;
  method: string[];
  tables: { columns: string[]; rows: string[][] }[];
  machine: { node: string };
}

it('benchmarks run, and leave their figures and their method as JSON', async () => {
  const began = new Date().toISOString();
  const args = [resolve(ROOT, 'bench/run.mjs'), '--quick', '--as-is', ...NAMES];
  const run = new Child('the benchmarks', process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...UNHURRIED, REDIS_SERVER: redisBinary() },
  });
  if ((await run.exited) !== 0) throw run.failure('failed');
  for (const name of NAMES) {
    const text = await readFile(resolve(ROOT, '.data/bench/quick', `${name}.json`), 'utf8');
    const { at, method, tables, machine } = JSON.parse(text) as Result;
    expect(at > began).toBe(true);
    expect(method.join(' ')).not.toBe('');
    expect(machine.node).toBe(process.version);
    for (const { columns, rows } of tables) {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toHaveLength(columns.length);
    }
  }
}, 600_000);
