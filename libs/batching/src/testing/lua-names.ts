/** What Lua itself and Redis bring; a script that needs more says so here. */
const KNOWN = new Set(
  'KEYS ARGV redis cjson string table math ipairs pairs pcall tonumber type unpack'.split(' '),
);

const KEYWORDS = new Set(
  (
    'and break do else elseif end false for function if in local nil not or repeat return then true until ' +
    'while'
  ).split(' '),
);

const DECLARATIONS = [
  /\blocal\s+(?!function\b)([\w\s,]+?)\s*(?:=(?!=)|\n|$)/g,
  /\blocal\s+function\s+(\w+)/g,
  /\bfunction\b[^(]*\(([^)]*)\)/g,
  /\bfor\s+([\w\s,]+?)\s*(?:=|\bin\b)/g,
];

/** The Lua with its comments and texts blanked out, position by position. */
function codeOf(lua: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
  return lua.replace(/--[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, blank);
}

/**
 * Names that a script uses before, or without, a declaration: in Redis an error, but only on the path that comes by.
 * Scopes are not told apart, so a name declared in one block is taken for known in those after it.
 */
export function undeclaredNames(lua: string): string[] {
  const code = codeOf(lua);
  const declaredAt = new Map<string, number>();
  for (const pattern of DECLARATIONS) {
    for (const { 1: names = '', index } of code.matchAll(pattern)) {
      for (const name of names.split(',').map((each) => each.trim())) {
        declaredAt.set(name, Math.min(index, declaredAt.get(name) ?? Infinity));
      }
    }
  }
  // A field, `s.leaseUntil`, follows a single dot, `..` joins texts; in a table's braces it precedes its value.
  const uses = [...code.matchAll(/(?<!\w)(?<!(?<!\.)\.)(?!(?<=[{,]\s*)\w+\s*=[^=])[A-Za-z_]\w*/g)];
  const isUndeclared = ({ 0: name, index }: RegExpExecArray): boolean =>
    !KEYWORDS.has(name) && !KNOWN.has(name) && !((declaredAt.get(name) ?? Infinity) < index);
  return [...new Set(uses.filter(isUndeclared).map(([name]) => name))];
}

/** Names that stand where a Redis command has its key. */
export function namesUsedAsKeys(lua: string): string[] {
  const withoutKey = new Set(['TIME', 'PUBLISH']);
  const calls = [...lua.matchAll(/redis\.call\('(\w+)'(?:,\s*([^,)]+))?/g)];
  return [...new Set(calls.flatMap(([, command = '', key = '']) => (withoutKey.has(command) ? [] : [key])))];
}
