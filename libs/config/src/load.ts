import { type Agreement, agreementOf } from './agreement';
import { type EffectiveConfiguration, effectiveVariables } from './effective';
import type { SettingsGroup } from './settings-group';
import { shadowedVariables } from './shadowed';
import { mergeSources, readSources, type Variables } from './sources';
import { validateEnvironment } from './validate';

/** Injection token of the settings. */
export const SETTINGS = Symbol('SETTINGS');

/** The settings of each company, as long as the process runs. */
export interface ByCompany<Shaped> {
  /** Those of a company; where it has none of its own, the environment's. */
  readonly of: (companyId: string | number | null) => Shaped;
  /** True if the environment's settings, or any company's, are so. */
  readonly isAny: (isSo: (settings: Shaped) => boolean) => boolean;
  /** Runs something once: as soon as the environment's settings, or any company's, are so. */
  readonly whenAny: (isSo: (settings: Shaped) => boolean, run: () => void) => void;
  /** True while an operator has switched the bot off for a company: each of its conversations is as if it were muted. */
  readonly isBotOff: (companyId: string | number | null) => boolean;
  /** Runs something whenever an operator has switched a company's bot off; at once if one is off. */
  readonly whenBotOff: (run: () => void) => void;
  /** True of a company whose bot may be another than the environment's. */
  readonly hasOwn: (companyId: string | number | null) => boolean;
}

/** Settings as a process has them. */
export type Loaded<Shaped> = Shaped &
  ByCompany<Shaped> & {
    /** For operators. */
    readonly effective: EffectiveConfiguration;
    /** For the other processes on the same Redis. */
    readonly agreement: Agreement;
  };

/**
 * Reads `.env.<NODE_ENV>`, `.env` and the process's own environment, which wins, and checks them before anything
 * connects anywhere.
 *
 * @param overrides variables that the program itself decides, over all others.
 * @throws ConfigurationError with every problem found.
 */
export function loadGroup<Env extends object, Shaped extends object>(
  group: SettingsGroup<string, Env, Shaped>,
  overrides: Variables = {},
): Loaded<Shaped> {
  const { env, effective } = loadEnvironment(group, overrides);
  return shapeGroup(group, env, effective);
}

/** The environment, read and checked as `loadGroup` does, before it is shaped. */
export function loadEnvironment<Env extends object>(
  group: SettingsGroup<string, Env>,
  overrides: Variables = {},
): { env: Env; effective: EffectiveConfiguration } {
  const found = readSources();
  const sources = [{ name: 'program', variables: overrides }, ...found];
  const shadowed = shadowedVariables(group.variables, found);
  const env = validateEnvironment(group, mergeSources(sources), {
    decided: Object.keys(overrides),
    shadowed,
  });
  return { env, effective: { variables: effectiveVariables(group.variables, env, sources), shadowed } };
}

/** Shapes a checked environment. */
export function shapeGroup<Env extends object, Shaped extends object>(
  group: SettingsGroup<string, Env, Shaped>,
  env: Env,
  effective: EffectiveConfiguration = { variables: [], shadowed: [] },
): Loaded<Shaped> {
  const shaped = group.shape(env);
  const agreement = agreementOf(group.variables, env);
  return { ...shaped, effective, agreement, ...forEveryCompany(shaped) };
}

/** Shapes a checked environment that differs from another in some variables; what has to do with none of them is the same object. */
export function shapeOver<Env extends object, Shaped extends object>(
  group: SettingsGroup<string, Env, Shaped>,
  env: Env,
  other: Shaped,
  differing: readonly string[],
): Shaped {
  const differs = ({ variables }: SettingsGroup): boolean =>
    variables.some(({ name }) => differing.includes(name));
  const anew = group.parts.filter(differs).map((part) => [part.name, part.shape(env as never)]);
  return { ...other, ...(Object.fromEntries(anew) as Partial<Shaped>) };
}

function forEveryCompany<Shaped>(settings: Shaped): ByCompany<Shaped> {
  return {
    of: () => settings,
    isAny: (isSo) => isSo(settings),
    whenAny: (isSo, run) => {
      if (isSo(settings)) run();
    },
    isBotOff: () => false,
    whenBotOff: () => undefined,
    hasOwn: () => false,
  };
}
