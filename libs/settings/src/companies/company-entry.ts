import type { Path } from './yaml-file';

/** A value that stands in the file, its references resolved. */
export interface Given {
  readonly value: unknown;
  readonly path: Path;
}

/** Values of variables, by variable. */
export type GivenVariables = ReadonlyMap<string, Given>;

/** An account of a company, as the file has it. */
export interface AccountEntry {
  readonly path: Path;
  readonly gateway: string;
  /** Null: what the gateway names no account for. */
  readonly account: string | null;
  readonly given: GivenVariables;
}

/** A company, as the file has it: well-formed, its values not checked yet. */
export interface CompanyEntry {
  readonly path: Path;
  readonly id: string;
  readonly name: string | null;
  readonly timeZone: string | null;
  /** True if its bot is its own. */
  readonly hasBot: boolean;
  readonly given: GivenVariables;
  readonly accounts: readonly AccountEntry[];
}
