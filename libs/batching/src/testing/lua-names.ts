import { type CallExpression, type Chunk, type Expression, type Node, parse } from 'luaparse';

/** The names that Lua itself and Redis provide; a script that needs more must be listed here. */
const KNOWN = new Set([
  ...['KEYS', 'ARGV', 'redis', 'cjson', 'cmsgpack', 'string', 'table', 'math', 'ipairs', 'pairs', 'pcall'],
  ...['error', 'tonumber', 'tostring', 'type', 'unpack'],
]);

/** Functions of ours that take a Redis command unchanged, and how many arguments precede it. */
const TAKES_COMMAND = new Map([
  ['prepare', 1],
  ['complete', 0],
  ['tidy', 0],
  ['try', 0],
]);

/** Commands without a key. */
const KEYLESS = new Set(['TIME', 'PUBLISH']);

/**
 * Names that a script uses without, or before, their declaration: in Redis an error, but only on the path that reaches it.
 *
 * @throws SyntaxError if the text is not Lua 5.1.
 */
export function undeclaredNames(lua: string): string[] {
  const { globals = [] } = parse(lua, { luaVersion: '5.1', scope: true }) as Chunk & {
    globals?: { name: string }[];
  };
  return [...new Set(globals.map(({ name }) => name))].filter((name) => !KNOWN.has(name));
}

/** A command in the text of a script. */
export interface LuaCommand {
  command: string;
  /** The expression in the place of its key, as a name if it is one; null if it has none. */
  key: string | null;
}

/** The commands that a script names in any form: called, planned, or to undo another one. */
export function commandsOf(lua: string): LuaCommand[] {
  const found: LuaCommand[] = [];
  visit(parse(lua, { luaVersion: '5.1' }), (node) => {
    if (node.type === 'CallExpression') {
      const { name, before } = commandCall(node);
      if (name) note(found, node.arguments.slice(before));
    }
    if (node.type === 'TableConstructorExpression') {
      note(
        found,
        node.fields.flatMap((field) => (field.type === 'TableValue' ? [field.value] : [])),
      );
    }
  });
  return found;
}

/**
 * Names in the place of a Redis command's key. A parameter of a helper stands for the arguments of its callers.
 */
export function namesUsedAsKeys(lua: string): string[] {
  const keys = new Set(commandsOf(lua).flatMap(({ key }) => key ?? []));
  const helpers = new Map<string, number[]>();
  const parameters = new Set<string>();
  const chunk = parse(lua, { luaVersion: '5.1' });
  visit(chunk, (node) => {
    if (node.type !== 'FunctionDeclaration' || node.identifier?.type !== 'Identifier') return;
    const names = node.parameters.flatMap((one) => (one.type === 'Identifier' ? [one.name] : []));
    const places = names.flatMap((name, i) => (KEY_PARAMETERS.has(name) ? [i] : []));
    for (const i of places) parameters.add(names[i] as string);
    if (places.length > 0) helpers.set(node.identifier.name, places);
  });
  visit(chunk, (node) => {
    if (node.type !== 'CallExpression') return;
    const name = node.base.type === 'Identifier' ? node.base.name : '';
    const given = name === 'pcall' ? node.arguments.slice(1) : node.arguments;
    const [callee] = node.arguments;
    const helper = name === 'pcall' && callee?.type === 'Identifier' ? callee.name : name;
    for (const place of helpers.get(helper) ?? []) {
      const key = given[place];
      if (key) keys.add(shown(key));
    }
  });
  return [...keys].filter((key) => !parameters.has(key));
}

/** The names of helpers' parameters for keys. */
const KEY_PARAMETERS = new Set(['key', 'list']);

function commandCall({ base }: CallExpression): { name: boolean; before: number } {
  if (base.type === 'Identifier') {
    const before = TAKES_COMMAND.get(base.name);
    return { name: before !== undefined, before: before ?? 0 };
  }
  const isRedis =
    base.type === 'MemberExpression' &&
    base.base.type === 'Identifier' &&
    base.base.name === 'redis' &&
    ['call', 'pcall'].includes(base.identifier.name);
  return { name: isRedis, before: 0 };
}

function note(found: LuaCommand[], [first, key]: readonly Expression[]): void {
  // Without an encoding the parser returns a text as it was written, quotes included.
  const command = first?.type === 'StringLiteral' ? /^'([A-Z]+)'$/.exec(first.raw)?.[1] : undefined;
  if (command === undefined) return;
  const hasKey = !KEYLESS.has(command) && key && key.type !== 'CallExpression';
  found.push({ command, key: hasKey ? shown(key) : null });
}

function shown(expression: Expression): string {
  if (expression.type === 'Identifier') return expression.name;
  // A plan's entry for a key that a helper was given.
  if (expression.type === 'MemberExpression' && expression.identifier.name === 'key') return 'key';
  return `an expression of type ${expression.type}`;
}

function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, see);
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node) see(node as Node);
    for (const child of Object.values(node)) visit(child, see);
  }
}
