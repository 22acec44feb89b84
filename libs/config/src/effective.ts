import { shownValue } from './shown-value';
import type { Source } from './sources';
import type { Variable } from './variable';

/** One variable as the process uses it, masked. */
export interface EffectiveVariable {
  name: string;
  /** Secrets as `set` or `not set`, of a Redis URL only host, port and database. */
  value: string;
  /** `shell`, `.env.<NODE_ENV>`, `.env`, `program` or `default`. */
  source: string;
}

/** What a process runs with and where it comes from; may be logged and served. */
export interface EffectiveConfiguration {
  variables: readonly EffectiveVariable[];
  /** Variables of which a file says something else than is used. */
  shadowed: readonly string[];
}

/** Every variable of ours with its source. */
export function effectiveVariables(
  ours: readonly Variable[],
  env: object,
  sources: readonly Source[],
): EffectiveVariable[] {
  return ours.map((variable) => ({
    name: variable.name,
    value: shownValue(variable, (env as Record<string, unknown>)[variable.name]),
    source: sources.find(({ variables }) => variables[variable.name] !== undefined)?.name ?? 'default',
  }));
}
