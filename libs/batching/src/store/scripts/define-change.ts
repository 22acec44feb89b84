import { type Names, numbersOf, textsOf } from './change-call';
import { CLOCK } from './clock.fragment';
import { AT_HAND, CONVERSATION, LOADED } from './conversation.fragment';
import type { Script, Unit } from './define-script';
import { ELEMENT } from './element.fragment';
import { closed, FINISH, JUDGED, lotOf, SINGLE, WRITTEN } from './finish';
import { type Fragment, joined, used } from './fragment';
import { NEW_PLAN, PLAN } from './plan.fragment';
import { LOOK_BEFORE, SAVE, SAVE_AND_WAKE } from './save.fragment';
import { LOAD, PEEK } from './state.fragment';
import { TIDY_UP, WRITE } from './write.fragment';

/** The keys that each conversation has of its own. */
const OWN_KEYS = ['messages', 'lastMessage', 'state'] as const;

/** The keys of one conversation, and of the indexes that every change of it touches. */
export const CONVERSATION_KEYS = [
  ...OWN_KEYS,
  ...(['due', 'turns', 'directory', 'counters', 'sizes', 'setAside'] as const),
] as const;

export type ConversationKey = (typeof CONVERSATION_KEYS)[number];

const OWN_ARGS = ['conversation', 'directoryEntry'] as const;

/** What every change of a conversation must know to say when someone must look at it next. */
export const CONVERSATION_ARGS = {
  nowMs: 'ms',
  conversation: 'text',
  directoryEntry: 'text',
  maxSize: 'count',
  maxBytes: 'bytes',
  maxWaitMs: 'ms',
  horizonMs: 'ms',
  idleTtlS: 's',
  wakeChannel: 'text',
} as const satisfies Record<string, Unit>;

export type ConversationArgs = typeof CONVERSATION_ARGS;

/** None beside those of every conversation. */
type NoArgs = Record<string, never>;

/** What a script does to a conversation: all that `defineChange` does not bring. */
export interface ChangeDeclaration<K extends string, A extends Record<string, Unit>, R> {
  name: string;
  /** What it promises, in one sentence. */
  does: string;
  /** Keys beside those of every conversation. */
  keys?: readonly K[];
  /** Arguments beside those of every conversation. */
  args?: A;
  /** True where whoever hears its reply relies on what it wrote: it resolves once `REDIS_MIN_REPLICAS` have that. */
  waitsForReplicas?: true;
  /** True where a batcher must hear what is due sooner than it thinks; it looks by itself behind its own changes. */
  wakes?: true;
  /** Shared pieces of Lua that stand once in a call, behind the clock. */
  once?: readonly Fragment[];
  /** Shared pieces that know the conversation. */
  fragments?: readonly Fragment[];
  /** Where the conversation comes from, if not from Redis as it stands there. */
  loaded?: Fragment;
  /** Works the change out and returns its reply; it calls `save()` where anything changes. */
  body: string;
  /** What is done once for the whole call when all is written; a refusal is only said. */
  closing?: string;
  /** Shapes what the body returns. */
  reply: (raw: unknown) => R;
}

/** A script that changes one conversation. */
export type Change<K extends string, A extends Record<string, Unit>, R> = Script<K, A, R> & {
  isChange: true;
};

/** A script that changes each conversation of a lot, one call for them all. */
export interface LotChange<K extends string, A extends Record<string, Unit>, R> extends Change<K, A, R> {
  /** The keys and arguments of the whole lot, in the order in which the script's header reads them. */
  readonly shared: Names<K, A>;
  /** Those that each conversation brings, in the order in which the script takes them. */
  readonly own: Names<K, A>;
}

/** Declares a change of one conversation; its clock, keys, arguments, accounts and indexes are brought. */
export function defineChange<
  K extends string = never,
  const A extends Record<string, Unit> = NoArgs,
  R = void,
>(declaration: ChangeDeclaration<K, A, R>): Change<ConversationKey | K, ConversationArgs & A, R> {
  const keys = [...CONVERSATION_KEYS, ...(declaration.keys ?? [])];
  const args = { ...CONVERSATION_ARGS, ...declaration.args } as ConversationArgs & A;
  const lua = [
    ...headerOf(keys, Object.keys(args), args),
    ...workOf(declaration, [...keys, ...Object.keys(args)], [], SINGLE),
  ];
  return { ...declaration, keys, args, isChange: true, lua: textOf(lua) };
}

/**
 * Declares a change for lots, and what each conversation brings beside its own keys and names.
 *
 * A call ends before the next conversation once its replies weigh `LOT_BYTES`: those left out have no reply. What weighs
 * is the list of texts at the end of a reply.
 */
export function defineLot<K extends string = never, const A extends Record<string, Unit> = NoArgs, R = void>(
  declaration: ChangeDeclaration<K, A, R>,
  ...more: (keyof A & string)[]
): LotChange<ConversationKey | K, ConversationArgs & A, R> {
  const keys = [...CONVERSATION_KEYS, ...(declaration.keys ?? [])];
  const args = { ...CONVERSATION_ARGS, ...declaration.args } as ConversationArgs & A;
  const own = { keys: OWN_KEYS, args: [...OWN_ARGS, ...more] };
  // A number would arrive as text, and a flag as one that is always true.
  const numbers = numbersOf(own.args, args);
  if (numbers.length > 0)
    throw new Error(`${declaration.name}: of a lot's own arguments, ${numbers.join()} is no text`);
  const shared = {
    keys: keys.filter((key) => !(OWN_KEYS as readonly string[]).includes(key)),
    args: Object.keys(args).filter((arg) => !own.args.includes(arg)),
  };
  const lua = [
    ...headerOf(shared.keys, shared.args, args),
    ...workOf(
      declaration,
      [...shared.keys, ...shared.args],
      [...own.keys, ...own.args],
      lotOf(own, shared.keys.length, 1 + textsOf(shared.args, args).length),
    ),
  ];
  return { ...declaration, keys, args, shared, own, isChange: true, lua: textOf(lua) };
}

/** What stands first: numbers and flags come in one argument, for each argument costs as much as reading ten numbers. */
function headerOf(
  keys: readonly string[],
  args: readonly string[],
  units: Readonly<Record<string, Unit>>,
): string[] {
  return [
    ...keys.map((key, i) => `local ${key} = KEYS[${i + 1}]`),
    `local ${numbersOf(args, units).join(', ')} = unpack(cjson.decode(ARGV[1]))`,
    ...textsOf(args, units).map((arg, i) => `local ${arg} = ARGV[${i + 2}]`),
  ];
}

/** From the clock to the end of a call. */
function workOf<K extends string, A extends Record<string, Unit>, R>(
  { wakes, once = [], fragments = [], loaded = LOADED, body, closing }: ChangeDeclaration<K, A, R>,
  known: readonly string[],
  own: readonly string[],
  run: string,
): string[] {
  const isLot = own.length > 0;
  const inside = [loaded, ...(wakes && loaded === LOADED ? [LOOK_BEFORE] : []), ...fragments];
  const about = [CLOCK, ...once, ...PLAN, AT_HAND, ...ELEMENT, PEEK, LOAD, ...CONVERSATION];
  const ends = [JUDGED, WRITTEN, TIDY_UP.lua, ...(closing === undefined ? [] : [closed(closing)]), FINISH];
  const text = [...inside.map(({ lua }) => lua), body, run, WRITE.lua, ...ends].join('\n');
  const kept = used([...about, ...(wakes ? SAVE_AND_WAKE : SAVE)], text);
  // One conversation's functions are in its own: a name that both know is found there at a tenth of the cost. A lot's are
  // made once for them all.
  const outer = kept.filter((each) => isLot || [CLOCK, NEW_PLAN].includes(each));
  const inner = kept.filter((each) => !outer.includes(each));
  joined([...outer, ...inner, ...inside, WRITE, TIDY_UP], [...known, ...own]);
  return [
    ...(isLot ? [`local ${own.join(', ')}`] : []),
    ...outer.map(({ lua }) => lua),
    'local function changeOne()',
    ...[...inner, ...inside].map(({ lua }) => lua),
    body,
    'end',
    ...[run, WRITE.lua, ...ends],
  ];
}

function textOf(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}
