import { type Agreement, agreementOf } from './agreement';
import { type EffectiveConfiguration, effectiveVariables } from './effective';
import type { SettingsGroup } from './settings-group';
import { shadowedVariables } from './shadowed';
import { mergeSources, readSources, type Variables } from './sources';
import { validateEnvironment } from './validate';

/** Injection token of the settings. */
export const SETTINGS = Symbol('SETTINGS');

/** Settings as a process has them. */
export type Loaded<Shaped> = Shaped & {
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
  const found = readSources();
  const sources = [{ name: 'program', variables: overrides }, ...found];
  const shadowed = shadowedVariables(group.variables, found);
  const env = validateEnvironment(group, mergeSources(sources), {
    decided: Object.keys(overrides),
    shadowed,
  });
  return shapeGroup(group, env, { variables: effectiveVariables(group.variables, env, sources), shadowed });
}

/** Shapes a checked environment. */
export function shapeGroup<Env extends object, Shaped extends object>(
  group: SettingsGroup<string, Env, Shaped>,
  env: Env,
  effective: EffectiveConfiguration = { variables: [], shadowed: [] },
): Loaded<Shaped> {
  return { ...group.shape(env), effective, agreement: agreementOf(group.variables, env) };
}
