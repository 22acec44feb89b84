import { firstText, listOf, objectOf } from '../json/json';

/** The Bot API nests blocks and formatting 16 levels deep, a level of either being two of JSON. */
const MAX_DEPTH = 64;

/**
 * The words of a `rich_message`, a line for each of its blocks; null if it says nothing. They stand nowhere else in the message.
 *
 * https://core.telegram.org/bots/api#richmessage
 */
export function richWords(message: unknown): string | null {
  return firstText(linesOf(objectOf(message).blocks, 0));
}

function linesOf(blocks: unknown, depth: number): string {
  return depth > MAX_DEPTH ? '' : inLines(listOf(blocks).map((block) => blockText(block, depth + 1)));
}

function blockText(block: unknown, depth: number): string {
  const { summary, text, expression, blocks, items, cells, caption, credit } = objectOf(block);
  return inLines([
    ...[summary, text, expression].map((part) => inlineText(part, depth)),
    linesOf(blocks, depth),
    ...listOf(items).map((item) => itemText(item, depth)),
    ...listOf(cells).map((row) => rowText(row, depth)),
    ...[caption, objectOf(caption).credit, credit].map((part) => inlineText(part, depth)),
  ]);
}

function itemText(item: unknown, depth: number): string {
  const { label, blocks } = objectOf(item);
  return [firstText(label) ?? '', linesOf(blocks, depth)].filter((part) => part !== '').join(' ');
}

function rowText(row: unknown, depth: number): string {
  return listOf(row)
    .map((cell) => inlineText(objectOf(cell).text, depth))
    .join(' | ');
}

/** A text, a list of texts, or an object around one that says how it looks. */
function inlineText(text: unknown, depth: number): string {
  if (typeof text === 'string') return text;
  if (depth > MAX_DEPTH) return '';
  if (Array.isArray(text)) return text.map((part) => inlineText(part, depth + 1)).join('');
  const { text: inner, alternative_text, expression } = objectOf(text);
  return inner === undefined ? (firstText(alternative_text, expression) ?? '') : inlineText(inner, depth + 1);
}

function inLines(parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join('\n');
}
