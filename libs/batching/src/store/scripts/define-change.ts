import { type Names, numbersOf, textsOf } from './change-call';
import { CLOCK } from './clock.fragment';
import { CONSTANT_NAMES } from './constants';
import { AT_HAND, CONVERSATION, LOADED } from './conversation.fragment';
import type { Script, Unit } from './define-script';
import { ELEMENT } from './element.fragment';
import { closed, FINISH, JUDGED, lotOf, SINGLE, WRITTEN } from './finish';
import { type Fragment, joined, used } from './fragment';
import { NEW_PLAN, PLAN } from './plan.fragment';
import { LOOK_BEFORE, SAVE, SAVE_AND_WAKE } from './save.fragment';
import { LOAD, PEEK } from './state.fragment';
import { TIDY_UP, WRITE } from './write.fragment';

/** The keys of the indexes that every change of a conversation touches. */
const INDEX_KEYS = ['due', 'turns', 'directory', 'counters', 'sizes', 'setAside'] as const;

/** The keys that each conversation has of its own. */
const OWN_KEYS = ['messages', 'lastMessage', 'state'] as const;

export const CONVERSATION_KEYS = [...INDEX_KEYS, ...OWN_KEYS] as const;

export type ConversationKey = (typeof CONVERSATION_KEYS)[number];

const OWN_ARGS = ['conversation', 'directoryEntry'] as const;

/** What every change must know of its conversation. */
export const CONVERSATION_ARGS = {
  nowMs: 'ms',
  conversation: 'text',
  directoryEntry: 'text',
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
  const [, ...numbers] = numbersOf(Object.keys(args), args);
  const [, ...texts] = textsOf(Object.keys(args), args);
  const { outer, inner, ends } = piecesOf(declaration, SINGLE, ({ name }) => ONCE.includes(name));
  // What stands in the function is found there, by its other functions too, at a tenth of the cost.
  const lua = [
    read(INDEX_KEYS, 'KEYS', 1),
    'local numbers = cjson.decode(ARGV[1])',
    'local nowMs, conversation = numbers[1], ARGV[2]',
    ...joined(outer, [...CONSTANT_NAMES, ...INDEX_KEYS, 'nowMs', 'conversation']),
    'local function changeOne()',
    read(keys.slice(INDEX_KEYS.length), 'KEYS', 1 + INDEX_KEYS.length),
    read(texts, 'ARGV', 3),
    read(numbers, 'numbers', 2),
    ...joined(inner, [...CONSTANT_NAMES, ...keys, ...Object.keys(args), ...givenBy(outer)]),
    declaration.body,
    'end',
    ...joined(ends, [...CONSTANT_NAMES, ...INDEX_KEYS, 'conversation', ...givenBy(outer), 'changeOne']),
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
  const noTexts = numbersOf(own.args, args);
  if (noTexts.length > 0)
    throw new Error(`${declaration.name}: of a lot's own arguments, ${noTexts.join()} is no text`);
  const shared = {
    keys: keys.filter((key) => !(OWN_KEYS as readonly string[]).includes(key)),
    args: Object.keys(args).filter((arg) => !own.args.includes(arg)),
  };
  const keysBefore = shared.keys.length;
  const argsBefore = 1 + textsOf(shared.args, args).length;
  const { outer, inner, ends } = piecesOf(
    declaration,
    lotOf(own, keysBefore, argsBefore),
    (each) => each !== LOADED,
  );
  const numbers = numbersOf(shared.args, args);
  const known = [...CONSTANT_NAMES, ...shared.keys, ...shared.args, ...own.keys, ...own.args];
  // Its functions are made once for all its conversations.
  const lua = [
    read(shared.keys, 'KEYS', 1),
    `local ${numbers.join(', ')} = unpack(cjson.decode(ARGV[1]))`,
    read(textsOf(shared.args, args), 'ARGV', 2),
    `local ${[...own.keys, ...own.args].join(', ')}`,
    ...joined(outer, known),
    'local function changeOne()',
    ...joined(inner, [...known, ...givenBy(outer)]),
    declaration.body,
    'end',
    ...joined(ends, [...known, ...givenBy(outer), 'changeOne']),
  ];
  return { ...declaration, keys, args, shared, own, isChange: true, lua: textOf(lua) };
}

/** What one conversation's call has outside of the function that works its change out. */
const ONCE = [CLOCK.name, NEW_PLAN.name];

/** The pieces of a call in their order: outside of `changeOne`, in it in front of the body, and behind it. */
function piecesOf<K extends string, A extends Record<string, Unit>, R>(
  { wakes, once = [], fragments = [], loaded = LOADED, body, closing }: ChangeDeclaration<K, A, R>,
  run: Fragment,
  isOutside: (piece: Fragment) => boolean,
): { outer: Fragment[]; inner: Fragment[]; ends: Fragment[] } {
  const about = [CLOCK, ...once, ...PLAN, AT_HAND, ...ELEMENT, PEEK, LOAD, ...CONVERSATION];
  const inside = [loaded, ...(wakes && loaded === LOADED ? [LOOK_BEFORE] : []), ...fragments];
  const ends = [
    run,
    WRITE,
    JUDGED,
    WRITTEN,
    TIDY_UP,
    ...(closing === undefined ? [] : [closed(closing)]),
    FINISH,
  ];
  const text = [...inside, ...ends].map(({ lua }) => lua).join('\n');
  const kept = used([...about, ...(wakes ? SAVE_AND_WAKE : SAVE)], `${body}\n${text}`);
  return {
    outer: kept.filter(isOutside),
    inner: [...kept.filter((each) => !isOutside(each)), ...inside],
    ends,
  };
}

function givenBy(fragments: readonly Fragment[]): string[] {
  return fragments.flatMap(({ gives }) => gives);
}

/** The line that names the elements of a list from a place on. */
function read(names: readonly string[], list: string, from: number): string {
  if (names.length === 0) return '';
  const last = from + names.length - 1;
  return `local ${names.join(', ')} = ${last === from ? `${list}[${from}]` : `unpack(${list}, ${from}, ${last})`}`;
}

function textOf(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}
