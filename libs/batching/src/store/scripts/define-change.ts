import type { Names } from './change-call';
import { CLOCK } from './clock.fragment';
import { CONSTANT_NAMES } from './constants';
import {
  AT_HAND,
  CONVERSATION,
  LIMITED,
  LIMITED_EACH,
  LOADED,
  STANDARD_LIMITS,
} from './conversation.fragment';
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
  /** Shared pieces that know the conversation; those of a lot are functions, which are made once for all. */
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
  const own = {
    keys: keys.slice(INDEX_KEYS.length),
    args: Object.keys(args).filter((arg) => arg !== 'nowMs'),
  };
  const { outer, inner, ends } = piecesOf(declaration, LIMITED, SINGLE, ({ name }) => ONCE.includes(name));
  const known = [...CONSTANT_NAMES, ...INDEX_KEYS, 'nowMs', ...givenBy(outer)];
  const closingKeys = declaration.closing === undefined ? [] : (declaration.keys ?? []);
  // What stands in the function is found there, by its other functions too, at a tenth of the cost.
  const lua = [
    keysFrom(1, INDEX_KEYS),
    TIME_OF_CALL,
    ...joined(outer, [...CONSTANT_NAMES, ...INDEX_KEYS, 'nowMs']),
    `local function changeOne(${own.args.join(', ')})`,
    keysFrom(1 + INDEX_KEYS.length, own.keys),
    ...joined(inner, [...known, ...own.keys, ...own.args]),
    declaration.body,
    'end',
    keysFrom(1 + CONVERSATION_KEYS.length, closingKeys),
    ...joined(ends, [...known, ...closingKeys, 'changeOne']),
  ];
  return { ...declaration, keys, args, isChange: true, lua: textOf(lua) };
}

/**
 * Declares a change for lots, and what each conversation brings beside its own keys and names.
 *
 * A call ends before the next conversation once the batches that it has claimed weigh `LOT_BYTES`: those left out have no
 * reply.
 */
export function defineLot<K extends string = never, const A extends Record<string, Unit> = NoArgs, R = void>(
  declaration: ChangeDeclaration<K, A, R>,
  ...more: (keyof A & string)[]
): LotChange<ConversationKey | K, ConversationArgs & A, R> {
  const keys = [...CONVERSATION_KEYS, ...(declaration.keys ?? [])];
  const args = { ...CONVERSATION_ARGS, ...declaration.args } as ConversationArgs & A;
  const own = { keys: OWN_KEYS, args: [...OWN_ARGS, ...more] };
  const shared = {
    keys: keys.filter((key) => !(OWN_KEYS as readonly string[]).includes(key)),
    args: Object.keys(args).filter((arg) => arg !== 'nowMs' && !own.args.includes(arg)),
  };
  const run = lotOf(own, shared.keys.length);
  const { outer, inner, ends } = piecesOf(declaration, LIMITED_EACH, run, (each) => !FOR_EACH.includes(each));
  const header = ['lot', 'nowMs', ...shared.keys, ...shared.args, ...own.keys, ...own.args];
  const known = [...CONSTANT_NAMES, ...header, ...givenBy(outer)];
  // Its functions are made once for all its conversations.
  const lua = [
    keysFrom(1, shared.keys),
    `local ${['lot', ...shared.args].join(', ')} = cmsgpack.unpack(ARGV[1])`,
    TIME_OF_CALL,
    `local ${[...own.keys, ...own.args].join(', ')}`,
    ...joined(outer, [...CONSTANT_NAMES, ...header]),
    'local function changeOne()',
    ...joined(inner, known),
    declaration.body,
    'end',
    ...joined(ends, [...known, 'changeOne']),
  ];
  return { ...declaration, keys, args, shared, own, isChange: true, lua: textOf(lua) };
}

/** Only tests send one. */
const TIME_OF_CALL = 'local nowMs = tonumber(ARGV[2] or 0)';

/** What one conversation's call has outside of the function that works its change out. */
const ONCE = [CLOCK.name, NEW_PLAN.name];

/** What a lot does for each of its conversations; all other pieces are functions, and made once. */
const FOR_EACH = [LOADED, LIMITED_EACH, LOOK_BEFORE];

/** The pieces of a call in their order: outside of `changeOne`, in it in front of the body, and behind it. */
function piecesOf<K extends string, A extends Record<string, Unit>, R>(
  { wakes, once = [], fragments = [], loaded = LOADED, body, closing }: ChangeDeclaration<K, A, R>,
  limited: Fragment,
  run: Fragment,
  isOutside: (piece: Fragment) => boolean,
): { outer: Fragment[]; inner: Fragment[]; ends: Fragment[] } {
  const about = [CLOCK, ...once, STANDARD_LIMITS, ...PLAN, AT_HAND, ...ELEMENT, PEEK, LOAD, ...CONVERSATION];
  const inside = [loaded, limited, ...(wakes && loaded === LOADED ? [LOOK_BEFORE] : []), ...fragments];
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
  const pieces = [...kept, ...inside];
  return { outer: pieces.filter(isOutside), inner: pieces.filter((each) => !isOutside(each)), ends };
}

function givenBy(fragments: readonly Fragment[]): string[] {
  return fragments.flatMap(({ gives }) => gives);
}

/** The line that names the keys from a place on. */
function keysFrom(first: number, names: readonly string[]): string {
  if (names.length === 0) return '';
  return `local ${names.join(', ')} = unpack(KEYS, ${first}, ${first + names.length - 1})`;
}

function textOf(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}
