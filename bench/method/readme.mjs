import { readFile, writeFile } from 'node:fs/promises';
import { inRoot } from '../../scripts/setup/steps.mjs';
import { asText, markdownTable, targetTable } from './report.mjs';

const README = inRoot('bench', 'README.md');
const MARK = '<!-- Below: written by `npm run bench -- --write`. -->';

/**
 * Puts the latest results below the mark; what a person wrote stands above it.
 *
 * @param {import('./bench.mjs').Result[]} results
 */
export async function writeReadme(results) {
  const [head] = (await readFile(README, 'utf8')).split(MARK);
  const parts = [
    MARK,
    '## The last run',
    machineOf(results),
    '### What was promised',
    targetTable(results.flatMap(({ targets }) => targets)),
    ...results.map((result) => asText(result).trim()),
  ];
  await writeFile(README, `${head}${parts.join('\n\n')}\n`);
}

function machineOf(/** @type {import('./bench.mjs').Result[]} */ results) {
  const [{ machine, at } = { machine: null, at: '' }] = results;
  if (!machine) return '';
  const loads = results.map(({ name, machine: { loadBefore } }) => `${name} ${loadBefore.split(' ')[0]}`);
  return markdownTable(
    ['', ''],
    [
      ['date', at.slice(0, 10)],
      ['processors', machine.cpu],
      ['memory', machine.memory],
      ['system', machine.system],
      ['Node', machine.node],
      ['Redis', machine.redis],
      ['load of the machine before each (1 min)', loads.join(', ')],
    ],
  );
}
