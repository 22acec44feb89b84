import { type Fragment, joined } from './fragment';

/** Units of a script's arguments; all but `text` and `table`, which a change alone takes, reach Lua as numbers and flags. */
export type Unit = 'ms' | 's' | 'count' | 'bytes' | 'flag' | 'text' | 'table';

type ArgValue<U extends Unit> = U extends 'text'
  ? string
  : U extends 'table'
    ? object
    : U extends 'flag'
      ? boolean
      : number;

/** An argument as Redis takes it. */
export type SentArgument = string | number | Buffer;

/** The values that a script's declaration asks for, by name. */
export type ScriptArgs<A extends Record<string, Unit>> = { [N in keyof A]: ArgValue<A[N]> };

export interface Declaration<K extends string, A extends Record<string, Unit>, R> {
  name: string;
  /** What it promises, in one sentence. */
  does: string;
  keys: readonly K[];
  args: A;
  /** Shared pieces of Lua that stand in front of the body. */
  fragments?: readonly Fragment[];
  /** True where whoever hears its reply relies on what it wrote: it resolves once `REDIS_MIN_REPLICAS` have that. */
  waitsForReplicas?: true;
  body: string;
  /** Shapes Redis's reply; the only place that knows what the script returns. */
  reply: (raw: unknown) => R;
}

/** A Redis script together with the declaration that its Lua header was derived from. */
export interface Script<K extends string, A extends Record<string, Unit>, R> extends Declaration<K, A, R> {
  readonly lua: string;
}

/**
 * Declares a script. Its `local x = KEYS[n]` lines, the number of its keys and the TypeScript types of its caller all
 * come from the same lists, so none of them can drift from another.
 */
export function defineScript<K extends string, const A extends Record<string, Unit>, R>(
  declaration: Declaration<K, A, R>,
): Script<K, A, R> {
  const keys = declaration.keys.map((key, i) => `local ${key} = KEYS[${i + 1}]`);
  const args = Object.entries(declaration.args).map(
    ([arg, unit], i) => `local ${arg} = ${argument(unit, i + 1)}`,
  );
  const names = [...declaration.keys, ...Object.keys(declaration.args)];
  const lua = [...keys, ...args, ...joined(declaration.fragments ?? [], names), declaration.body]
    .map((part) => part.trim())
    .join('\n');
  return { ...declaration, lua };
}

/** How a script's header reads an argument. */
function argument(unit: Unit, position: number): string {
  if (unit === 'table') throw new Error('only a change takes a table');
  if (unit === 'text') return `ARGV[${position}]`;
  if (unit === 'flag') return `ARGV[${position}] == '1'`;
  return `tonumber(ARGV[${position}])`;
}

/** The arguments in the order that the script's header reads them. */
export function encodeArgs<A extends Record<string, Unit>>(
  units: A,
  values: Omit<ScriptArgs<A>, 'nowMs'>,
  nowMs: number,
): SentArgument[] {
  const given = values as Record<string, SentArgument | boolean>;
  return Object.keys(units).map((name) => (name === 'nowMs' ? nowMs : asArgument(given[name])));
}

/** A value as Redis takes it. */
function asArgument(value: SentArgument | boolean | undefined): SentArgument {
  if (value === undefined) throw new TypeError('an argument of a script is missing');
  return typeof value === 'boolean' ? Number(value) : value;
}
