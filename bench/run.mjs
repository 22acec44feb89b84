import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { inRoot, say } from '../scripts/setup/steps.mjs';
import { RESULTS } from './method/bench.mjs';
import { isQuick } from './method/options.mjs';
import { updateReadme, writeReadme } from './method/readme.mjs';
import { targetTable } from './method/report.mjs';

/** `npm run bench [-- NAME...] [--quick] [--write]`: all, or those named; `--write` puts their results into the README. */
const ALL = [
  'redis-limits',
  'scripts',
  'webhook',
  'flush-lag',
  'superseded-call',
  'hand-off',
  'open-conversations',
  'hot-conversation',
  'memory',
  'start-up',
];

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const unknown = named.filter((name) => !ALL.includes(name));
if (unknown.length > 0) {
  say(`no benchmark is called ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
  process.exit(2);
}

const flags = args.filter((arg) => ['--quick', '--as-is'].includes(arg));
for (const name of named.length > 0 ? named : ALL) {
  // Each in a process of its own: what one leaves in memory must not weigh on the next.
  const child = spawn(process.execPath, [inRoot('bench', `${name}.mjs`), ...flags], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exit(code ?? 1);
}

/** @type {import('./method/bench.mjs').Result[]} */
const results = [];
for (const name of ALL) {
  const text = await readFile(`${RESULTS}/${name}.json`, 'utf8').catch(() => undefined);
  if (text !== undefined) results.push(JSON.parse(text));
}
const ran = results.filter(({ name }) => named.length === 0 || named.includes(name));
console.log(targetTable(ran.flatMap(({ targets }) => targets)));
if (args.includes('--write') && !isQuick)
  await (named.length === 0 ? writeReadme(results) : updateReadme(ran));
