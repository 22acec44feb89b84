import type { MarkedTextBuilder } from '../marked-text';
import type { InlineWriter } from './inline-writer';
import { type Node, parseWords, wordsOf } from './parser';

const BAR = /(?<!\\)\|/;

/**
 * Writes a table as lines, because a phone has no room for columns: `- cell: cell` for two columns, else a line for each cell
 * under its column's name.
 *
 * @param prefix stands before the first line, and its signs of a list as spaces before each other.
 * @param lineOf a line of the source.
 */
export function writeTable(
  table: Node,
  prefix: string,
  out: MarkedTextBuilder,
  inline: InlineWriter,
  lineOf: (index: number) => string,
): void {
  const [head = [], ...rows] = rowsOf(table, lineOf);
  const further = prefix.replace(/[^\s>]/g, ' ');
  const line = (isFirst: boolean): void => out.write(isFirst ? prefix : `\n${further}`);
  if (head.length <= 2) {
    line(true);
    inline.bold(() => writeJoined(head, out, inline));
    for (const row of rows) {
      line(false);
      out.write('- ');
      writeJoined(row, out, inline);
    }
    return;
  }
  for (const [r, row] of rows.entries()) {
    if (r > 0) line(false);
    for (const [c, cell] of row.entries()) {
      line(r === 0 && c === 0);
      const write = (): void => writeJoined([head[c], cell], out, inline);
      if (c === 0) inline.bold(write);
      else write();
    }
  }
}

/** The cells of each row, the head first, which has as many as there are columns. */
function rowsOf(node: Node, lineOf: (index: number) => string, isHead = false): Node[][] {
  if (node.kind !== 'tr')
    return node.children.flatMap((child) => rowsOf(child, lineOf, node.kind === 'thead'));
  const [index] = node.token.map ?? [];
  const hasExcess = !isHead && index !== undefined;
  return [[...node.children, ...(hasExcess ? excessIn(lineOf(index), node) : [])]];
}

/** What a row has beyond its table's columns, as one cell: the parser leaves it out, and models do not escape each bar. */
function excessIn(line: string, { token, children: { length } }: Node): Node[] {
  const cells = line.replace(/^[\s>]*\|?/, '').split(BAR);
  const excess = cells.slice(length).map((cell) => cell.trim());
  const text = excess
    .filter((cell) => cell !== '')
    .join(' | ')
    .replaceAll('\\|', '|');
  return text === '' ? [] : [{ kind: 'td', token, children: parseWords(text) }];
}

function writeJoined(
  cells: readonly (Node | undefined)[],
  out: MarkedTextBuilder,
  inline: InlineWriter,
): void {
  const said = cells.filter((cell) => cell !== undefined && wordsOf(cell) !== '');
  for (const [i, cell] of said.entries()) {
    if (i > 0) out.write(': ');
    inline.write(cell?.children.flatMap(({ children }) => children) ?? []);
  }
}
