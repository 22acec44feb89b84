import { DEFAULTS, type Environment } from './environment';
import { shownValue } from './shown-value';
import type { Source } from './sources';

/** One variable as the process uses it, masked. */
export interface EffectiveVariable {
  name: string;
  /** Secrets as `set` or `not set`, of a URL only host, port and database. */
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
export function effectiveVariables(env: Environment, sources: readonly Source[]): EffectiveVariable[] {
  return (Object.keys(DEFAULTS) as (keyof Environment)[]).map((name) => ({
    name,
    value: shownValue(name, env[name]),
    source: sources.find(({ variables }) => variables[name] !== undefined)?.name ?? 'default',
  }));
}
