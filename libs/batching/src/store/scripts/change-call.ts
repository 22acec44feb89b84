import { pack } from 'msgpackr';
import type { ScriptArgs, SentArgument, Unit } from './define-script';

/** Keys and arguments in an order that a script and its caller agree on. */
export interface Names<K extends string, A> {
  keys: readonly K[];
  args: readonly (keyof A & string)[];
}

type Values = Readonly<Record<string, unknown>>;

/** The arguments of a change, in the order in which it takes them. */
export function encodeChange(args: readonly string[], values: Values, nowMs: number): SentArgument[] {
  return sent(valuesOf(args, values), nowMs);
}

function valuesOf(args: readonly string[], values: Values): unknown[] {
  const found: unknown[] = [];
  for (const arg of args) {
    if (arg === 'nowMs') continue;
    if (values[arg] === undefined) throw new TypeError(`the argument ${arg} of a script is missing`);
    found.push(values[arg]);
  }
  return found;
}

/**
 * One packed argument for all values, because each of its own would cost Redis as much as reading six. It goes without the
 * head that says how many they are: so Lua reads them one by one, and makes no table of them.
 */
function sent(values: readonly unknown[], nowMs: number): SentArgument[] {
  const packed = pack(values).subarray(values.length < 16 ? 1 : 3);
  return nowMs === 0 ? [packed] : [packed, nowMs];
}

/** One conversation of a lot: all keys and arguments of its script but the time. */
export interface LotMember<K extends string, A extends Record<string, Unit>> {
  keys: Record<K, string>;
  args: Omit<ScriptArgs<A>, 'nowMs'>;
}

/** The keys and arguments of a call for a lot; what is of the whole lot is taken from its first. */
export function encodeLot<K extends string, A extends Record<string, Unit>>(
  { shared, own }: { shared: Names<K, A>; own: Names<K, A> },
  lot: readonly [LotMember<K, A>, ...LotMember<K, A>[]],
  nowMs: number,
): { keys: string[]; values: SentArgument[] } {
  const keys = shared.keys.map((key) => lot[0].keys[key]);
  for (const each of lot) for (const key of own.keys) keys.push(each.keys[key]);
  const ofEach = lot.flatMap(({ args }) => valuesOf(own.args, args));
  return { keys, values: sent([ofEach, ...valuesOf(shared.args, lot[0].args)], nowMs) };
}

/** What a change answers beside its reply. */
export interface ChangeReply<R> {
  /** That of one conversation, or those of a lot, in order; null where nothing was done. */
  reply: R;
  /** What Redis refused behind the commit, or refused one of a lot; empty: nothing. */
  trouble: string;
  /** Conversations that are not as they should be. */
  damaged: { index: number; reason: string; isNew: boolean }[];
}

/** Reads what `FINISH` returns. */
export function decodeChange<R>(raw: unknown): ChangeReply<R> {
  const [reply, trouble, damaged = []] = raw as [R, string, [number, string, number][]?];
  return {
    reply,
    trouble,
    damaged: damaged.map(([index, reason, isNew]) => ({ index, reason, isNew: isNew === 1 })),
  };
}
