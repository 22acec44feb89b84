import { readFile, writeFile } from 'node:fs/promises';
import { inRoot } from '../../scripts/setup/steps.mjs';
import { asText, markdownTable, targetTable } from './report.mjs';

const README = inRoot('bench', 'README.md');
const MARK = '<!-- Below: written by `npm run bench -- --write`. -->';

/**
 * Puts the latest results of all benchmarks below the mark; what a person wrote stands above it.
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

/**
 * Puts the results of some benchmarks in place of their earlier ones; what the others have found stays.
 *
 * @param {import('./bench.mjs').Result[]} results
 */
export async function updateReadme(results) {
  let text = await readFile(README, 'utf8');
  for (const result of results) {
    const section = `${asText(result).trim().slice(0, -1)}, on ${result.at.slice(0, 10)}.`;
    text = withSection(text, result.title, section);
    for (const target of result.targets) text = withTarget(text, target);
  }
  await writeFile(README, text);
}

/**
 * @param {string} text
 * @param {string} title
 * @param {string} section
 */
function withSection(text, title, section) {
  const from = text.indexOf(`### ${title}\n`);
  if (from === -1) return `${text.trimEnd()}\n\n${section}\n`;
  const next = text.indexOf('\n### ', from);
  return `${text.slice(0, from)}${section}\n${next === -1 ? '' : text.slice(next)}`;
}

/**
 * @param {string} text
 * @param {import('./bench.mjs').Target} target
 */
function withTarget(text, target) {
  const row = targetTable([target]).split('\n').at(-1) ?? '';
  const lines = text.split('\n');
  const heading = lines.indexOf('### What was promised');
  const first = lines.findIndex((line, i) => i > heading && line.startsWith('|'));
  const end = lines.findIndex((line, i) => i > first && !line.startsWith('|'));
  const known = lines.findIndex((line, i) => i > first && i < end && line.startsWith(`| ${target.what} |`));
  if (known === -1) lines.splice(end, 0, row);
  else lines[known] = row;
  return lines.join('\n');
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
