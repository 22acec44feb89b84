import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';

/** The way from the root of a document to one of its parts. */
export type Path = readonly (string | number)[];

/** A YAML document that knows where its parts stand. */
export interface YamlFile {
  /** As plain JSON; undefined where the text is no YAML. */
  readonly content: unknown;
  /** What makes the text no YAML, without a word of it. */
  readonly faults: readonly { line: number; problem: string }[];
  /** The line of a part, from 1, or of what it would stand in, if it is not there. */
  readonly lineOf: (path: Path) => number;
}

/** Aliases are written out; more than this are no convenience, but an attack. */
const MAX_ALIASES = 1_000;

/** Reads a YAML 1.2 document, to which a merge key (`<<`) is added, because shared settings are written with it. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    uniqueKeys: isSameKey,
  });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const faults = [...document.errors, ...document.warnings].map(({ code, pos: [offset] }) => ({
    line: lineAt(offset),
    problem: code === 'DUPLICATE_KEY' ? 'stands here for the second time' : `is no YAML: ${inWords(code)}`,
  }));
  const lineOf = (path: Path): number => lineAt(offsetOf(document.contents, path));
  if (faults.length > 0) return { content: undefined, faults, lineOf };
  try {
    return { content: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown, faults, lineOf };
  } catch {
    return { content: undefined, faults: [{ line: 1, problem: 'has an alias that leads nowhere' }], lineOf };
  }
}

/** As JSON has them, where `1` and `"1"` are one: the second would take the place of the first without a word. */
function isSameKey(one: ParsedNode, other: ParsedNode): boolean {
  return isScalar(one) && isScalar(other) && String(one.value) === String(other.value);
}

/** The parser's codes are stable and say no word of the text, unlike its messages. */
function inWords(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

/** Where a part begins, its key included; of the nearest that is there, where a merge key or an alias brings it. */
function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
    const from: unknown = pair ? pair.key : next;
    if (!isNode(from)) return offset;
    offset = from.range?.[0] ?? offset;
    node = next;
  }
  return offset;
}
