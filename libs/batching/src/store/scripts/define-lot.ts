import { argument, asArgument, type Declaration, type ScriptArgs, type Unit } from './define-script';
import { CLOCK, type ConversationKey } from './fragments';

/** A script that does to each conversation of a lot, one after the other, what its body says; one call for them all. */
export interface LotScript<K extends string, A extends Record<string, Unit>, R> extends Declaration<K, A, R> {
  readonly lua: string;
  /** The keys and arguments of the whole lot, in the order in which the script's header reads them. */
  readonly shared: Names<K, A>;
  /** Those that each conversation brings, in the order in which the script takes them. */
  readonly own: Names<K, A>;
}

interface Names<K extends string, A> {
  keys: readonly K[];
  args: readonly (keyof A & string)[];
}

const OWN_KEYS = ['messages', 'lastMessage', 'state'] as const satisfies readonly ConversationKey[];
const OWN_ARGS = ['conversation', 'directoryEntry'] as const;

/**
 * Declares a script for lots from the declaration of what it does to one conversation, and what more each of them brings.
 *
 * A call ends before the next conversation once its replies weigh `LOT_BYTES`: those left out have no reply. What
 * weighs is the list of texts at the end of a reply.
 */
export function defineLot<K extends string, const A extends Record<string, Unit>, R>(
  declaration: Declaration<K | (typeof OWN_KEYS)[number], A, R>,
  ...more: (keyof A & string)[]
): LotScript<K | (typeof OWN_KEYS)[number], A, R> {
  const own = { keys: OWN_KEYS, args: [...OWN_ARGS, ...more] };
  const shared = {
    keys: declaration.keys.filter((key) => !(OWN_KEYS as readonly string[]).includes(key)),
    args: Object.keys(declaration.args).filter((arg) => !own.args.includes(arg)),
  };
  const lua = [
    ...shared.keys.map((key, i) => `local ${key} = KEYS[${i + 1}]`),
    ...shared.args.map((arg, i) => `local ${arg} = ${argument(declaration.args[arg] as Unit, i + 1)}`),
    CLOCK,
    `local function each(${[...own.keys, ...own.args].join(', ')})`,
    ...(declaration.fragments ?? []).filter((fragment) => fragment !== CLOCK),
    declaration.body,
    'end',
    callsOf(own, shared.keys.length, shared.args.length),
  ];
  return { ...declaration, shared, own, lua: lua.map((part) => part.trim()).join('\n') };
}

/** One conversation of a lot: all keys and arguments of its script but the time. */
export interface LotMember<K extends string, A extends Record<string, Unit>> {
  keys: Record<K, string>;
  args: Omit<ScriptArgs<A>, 'nowMs'>;
}

/** The keys and arguments of a call for a lot; what is of the whole lot is taken from its first. */
export function encodeLot<K extends string, A extends Record<string, Unit>>(
  { shared, own }: Pick<LotScript<K, A, unknown>, 'shared' | 'own'>,
  lot: readonly [LotMember<K, A>, ...LotMember<K, A>[]],
  nowMs: number,
): { keys: string[]; values: (string | number)[] } {
  const valuesOf = ({ args }: LotMember<K, A>, names: readonly string[]): (string | number)[] => {
    const given = args as Record<string, string | number | boolean>;
    return names.map((name) => (name === 'nowMs' ? nowMs : asArgument(given[name])));
  };
  const keys = shared.keys.map((key) => lot[0].keys[key]);
  const values = valuesOf(lot[0], shared.args);
  for (const each of lot) {
    for (const key of own.keys) keys.push(each.keys[key]);
    values.push(...valuesOf(each, own.args));
  }
  return { keys, values };
}

// What one lot of claims may make Redis send in one go: a hundred batches of 2.5 MB would block it for a second.
const LOT_BYTES = 4 * 1024 ** 2;

function callsOf(
  own: { keys: readonly string[]; args: readonly string[] },
  keys: number,
  args: number,
): string {
  const given = [
    ...own.keys.map((_, i) => `KEYS[k + ${i + 1}]`),
    ...own.args.map((_, i) => `ARGV[a + ${i + 1}]`),
  ];
  return `
local replies, weight = {}, 0
local k, a = ${keys}, ${args}
while k < #KEYS and weight < ${LOT_BYTES} do
  local reply = each(${given.join(', ')})
  replies[#replies + 1] = reply
  for _, element in ipairs(type(reply) == 'table' and reply[#reply] or {}) do weight = weight + #element end
  k, a = k + ${own.keys.length}, a + ${own.args.length}
end
return replies
`;
}
