import { asArgument, type ScriptArgs, type SentArgument, type Unit } from './define-script';

/** Keys and arguments in an order that a script and its caller agree on. */
export interface Names<K extends string, A> {
  keys: readonly K[];
  args: readonly (keyof A & string)[];
}

const TEXTS: readonly unknown[] = ['text', 'packed'] satisfies Unit[];

/** Those that reach the script in one argument. */
export function numbersOf(args: readonly string[], units: Readonly<Record<string, Unit>>): string[] {
  return args.filter((arg) => !TEXTS.includes(units[arg]));
}

/** Those that are sent as they are. */
export function textsOf(args: readonly string[], units: Readonly<Record<string, Unit>>): string[] {
  return args.filter((arg) => TEXTS.includes(units[arg]));
}

/** The arguments of a change, or those that a lot shares, as its header reads them. */
export function encodeChange(
  args: readonly string[],
  units: Readonly<Record<string, Unit>>,
  values: Readonly<Record<string, SentArgument | boolean>>,
  nowMs: number,
): SentArgument[] {
  const valueOf = (arg: string): SentArgument | boolean => {
    const value = arg === 'nowMs' ? nowMs : values[arg];
    if (value === undefined) throw new TypeError(`the argument ${arg} of a script is missing`);
    return value;
  };
  const texts = textsOf(args, units).map(valueOf) as SentArgument[];
  return [JSON.stringify(numbersOf(args, units).map(valueOf)), ...texts];
}

/** One conversation of a lot: all keys and arguments of its script but the time. */
export interface LotMember<K extends string, A extends Record<string, Unit>> {
  keys: Record<K, string>;
  args: Omit<ScriptArgs<A>, 'nowMs'>;
}

/** The keys and arguments of a call for a lot; what is of the whole lot is taken from its first. */
export function encodeLot<K extends string, A extends Record<string, Unit>>(
  { shared, own, args: units }: { shared: Names<K, A>; own: Names<K, A>; args: A },
  lot: readonly [LotMember<K, A>, ...LotMember<K, A>[]],
  nowMs: number,
): { keys: string[]; values: SentArgument[] } {
  const given = ({ args }: LotMember<K, A>): Record<string, SentArgument | boolean> => args;
  const keys = shared.keys.map((key) => lot[0].keys[key]);
  const values = encodeChange(shared.args, units, given(lot[0]), nowMs);
  for (const each of lot) {
    for (const key of own.keys) keys.push(each.keys[key]);
    for (const arg of own.args) values.push(asArgument(given(each)[arg]));
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

/** Reads what `FINISH` returns. */
export function decodeChange(raw: unknown): ChangeReply {
  const [replies, trouble, damaged = []] = raw as [unknown[], string, [number, string, number][]?];
  return {
    replies,
    trouble,
    damaged: damaged.map(([index, reason, isNew]) => ({ index, reason, isNew: isNew === 1 })),
  };
}
