import { CLOCK } from './clock.fragment';
import { CONVERSATION, LOADED, SAVE } from './conversation.fragment';
import {
  argument,
  asArgument,
  type Script,
  type ScriptArgs,
  type SentArgument,
  type Unit,
} from './define-script';
import { ELEMENT } from './element.fragment';
import { type Fragment, joined } from './fragment';
import { PLAN, PLANS } from './plan.fragment';
import { STATE } from './state.fragment';

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

interface Names<K extends string, A> {
  keys: readonly K[];
  args: readonly (keyof A & string)[];
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
    ...keys.map((key, i) => `local ${key} = KEYS[${i + 1}]`),
    ...Object.entries(args).map(([arg, unit], i) => `local ${arg} = ${argument(unit, i + 1)}`),
    ...workOf(declaration, [...keys, ...Object.keys(args)], []),
    'replies[1] = workOut(conversation, directoryEntry)',
    'return finish()',
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
  const shared = {
    keys: keys.filter((key) => !(OWN_KEYS as readonly string[]).includes(key)),
    args: Object.keys(args).filter((arg) => !own.args.includes(arg)),
  };
  const lua = [
    ...shared.keys.map((key, i) => `local ${key} = KEYS[${i + 1}]`),
    ...shared.args.map((arg, i) => `local ${arg} = ${argument(args[arg] as Unit, i + 1)}`),
    ...workOf(declaration, [...shared.keys, ...shared.args], [...own.keys, ...own.args]),
    callsOf(own, shared.keys.length, shared.args.length),
    'return finish()',
  ];
  return { ...declaration, keys, args, shared, own, isChange: true, lua: textOf(lua) };
}

/** One conversation of a lot: all keys and arguments of its script but the time. */
export interface LotMember<K extends string, A extends Record<string, Unit>> {
  keys: Record<K, string>;
  args: Omit<ScriptArgs<A>, 'nowMs'>;
}

/** The keys and arguments of a call for a lot; what is of the whole lot is taken from its first. */
export function encodeLot<K extends string, A extends Record<string, Unit>>(
  { shared, own }: Pick<LotChange<K, A, unknown>, 'shared' | 'own'>,
  lot: readonly [LotMember<K, A>, ...LotMember<K, A>[]],
  nowMs: number,
): { keys: string[]; values: SentArgument[] } {
  const valuesOf = ({ args }: LotMember<K, A>, names: readonly string[]): SentArgument[] => {
    const given = args as Record<string, SentArgument | boolean>;
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

/** What a change answers beside its replies. */
export interface ChangeReply {
  /** One for each conversation, in order; null where nothing was done. */
  replies: unknown[];
  /** What Redis refused behind the commit, or refused one of a lot; empty: nothing. */
  trouble: string;
  /** Conversations that are not as they should be. */
  damaged: { index: number; reason: string; isNew: boolean }[];
}

/** Reads what `finish` returns. */
export function decodeChange(raw: unknown): ChangeReply {
  const [replies, trouble, flat] = raw as [unknown[], string, (string | number)[]];
  const damaged = Array.from({ length: flat.length / 3 }, (_, i) => {
    const [index, reason, isNew] = flat.slice(3 * i, 3 * i + 3) as [number, string, number];
    return { index, reason, isNew: isNew === 1 };
  });
  return { replies, trouble, damaged };
}

// What one lot of claims may make Redis send in one go: a hundred batches of 2.5 MB would block it for a second.
const LOT_BYTES = 4 * 1024 ** 2;

/** From the clock to the functions that a call ends with: `workOut` for each conversation, `finish` for all. */
function workOf<K extends string, A extends Record<string, Unit>, R>(
  { wakes, once = [], fragments = [], loaded = LOADED, body, closing = '' }: ChangeDeclaration<K, A, R>,
  shared: readonly string[],
  own: readonly string[],
): string[] {
  const outside = [CLOCK, STATE, ELEMENT, PLAN, PLANS, ...once];
  const known = [...shared, 'wakes', ...outside.flatMap(({ gives }) => gives)];
  const inside = [loaded, CONVERSATION, SAVE, ...fragments];
  return [
    `local wakes = ${String(wakes === true)}`,
    ...joined(outside, shared),
    `local function changeOne(${own.join(', ')})`,
    ...joined(inside, [...known, ...own]),
    body,
    'end',
    `local function closing()\n${closing}\nend`,
    FINISH,
  ];
}

const FINISH = `
local replies, damaged, refusal = {}, {}, nil
-- A fault of the conversation's own, and not of its server's policy: then it fails alone.
local function isDamage(failure, text)
  if string.match(text, 'WRONGTYPE') then return not plan.isLoaded end
  return type(failure) ~= 'table' and not string.match(text, '^%u+ ')
end
local function workOut(conversation, directoryEntry, ...)
  plan = newPlan(conversation, directoryEntry)
  local fine, reply = pcall(changeOne, ...)
  if fine then
    plans[#plans + 1] = plan
    return reply
  end
  local text = textOf(reply)
  if isDamage(reply, text) then
    damaged[#damaged + 1] = { #replies + 1, string.gsub(text, '^user_script:%d+: ', ''), conversation }
  else
    refusal = refusal or text
  end
  return false
end
-- Kept as it is, and out of everybody's way: nobody looks at it until an operator has it repaired.
local function putAside()
  local said = {}
  for _, each in ipairs(damaged) do
    local index, reason, conversation = unpack(each)
    local isNew = try('HSETNX', setAside, conversation, string.format('%d %s', now, reason))
    if isNew then
      try('ZREM', due, conversation)
      try('ZREM', turns, conversation)
    end
    said[#said + 1], said[#said + 2], said[#said + 3] = index, reason, isNew or 0
  end
  return said
end
local function finish()
  if refusal and #plans == 0 and #damaged == 0 then return { err = refusal } end
  local fine, zeros = pcall(write)
  if not fine then
    takeBack()
    return { err = textOf(zeros) }
  end
  tidyUp(zeros)
  local closed, failure = pcall(closing)
  if not closed then trouble = trouble or textOf(failure) end
  for _, each in ipairs(plans) do
    if each.wake then try('PUBLISH', wakeChannel, each.wake) end
  end
  local said = putAside()
  return { replies, trouble or refusal or '', said }
end
`;

function callsOf(
  own: { keys: readonly string[]; args: readonly string[] },
  keys: number,
  args: number,
): string {
  const given = [
    ...own.keys.map((_, i) => `KEYS[k + ${i + 1}]`),
    ...own.args.map((_, i) => `ARGV[a + ${i + 1}]`),
  ];
  // The two names that a plan is known by stand first among each one's arguments.
  return `
local k, a, weight = ${keys}, ${args}, 0
while k < #KEYS and weight < ${LOT_BYTES} do
  local reply = workOut(ARGV[a + 1], ARGV[a + 2], ${given.join(', ')})
  replies[#replies + 1] = reply
  for _, element in ipairs(type(reply) == 'table' and reply[#reply] or {}) do weight = weight + #element end
  k, a = k + ${own.keys.length}, a + ${own.args.length}
end
`;
}

function textOf(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}
