import { shown } from './figures.mjs';

/**
 * @param {string[]} columns
 * @param {string[][]} rows the first cell of each names it, the others are figures
 */
export function markdownTable(columns, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

/** One benchmark as the terminal and the README show it. */
export function asText(
  /** @type {import('./bench.mjs').Result} */ { title, method, tables, targets, tookS, isQuick },
) {
  const parts = [`### ${title}`, method.join('\n')];
  if (isQuick) parts.push('**--quick: too small to mean anything.**');
  for (const { columns, rows } of tables) parts.push(markdownTable(columns, rows));
  if (targets.length > 0) parts.push(targetTable(targets));
  parts.push(`Took ${tookS} s.`);
  return `\n${parts.join('\n\n')}\n`;
}

/** What was promised and what was found. */
export function targetTable(/** @type {import('./bench.mjs').Target[]} */ targets) {
  return markdownTable(
    ['promised', 'reach', 'found', ''],
    targets.map(({ what, reach, value, isReached }) => [
      what,
      reach,
      shown(value),
      isReached ? 'reached' : '**short**',
    ]),
  );
}
