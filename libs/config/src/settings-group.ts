import type { EnvironmentVariables } from './environment';
import type { Problem } from './problem';
import { type Variable, variablesOf, type VariablesClass } from './variable';

/** What a rule may go by besides the values. */
export interface Known {
  /** True of a variable that the program itself decides. */
  isDecided(variable: string): boolean;
  /** True of a variable whose own check has failed. */
  isMalformed(variable: string): boolean;
}

/** Something that must hold between variables that are each well-formed. */
export type Rule<Env> =
  | {
      readonly variable: keyof Env & string;
      /** True where the rule is broken. */
      readonly broken: (env: Env) => boolean;
      readonly problem: string;
    }
  | ((env: Env, known: Known) => Problem[]);

/** Variables, what the code makes of them, and what must hold between them. */
export interface SettingsGroup<Name extends string = string, Env = never, Shaped = unknown> {
  readonly name: Name;
  readonly classes: readonly VariablesClass[];
  readonly variables: readonly Variable[];
  readonly shape: (env: Env) => Shaped;
  readonly rules: readonly Rule<Env>[];
  /** The groups that it combines; none, if its variables are its own. */
  readonly parts: readonly SettingsGroup[];
}

/** What the code makes of a group's variables. */
export type SettingsOf<Group> = Group extends SettingsGroup<string, never, infer Shaped> ? Shaped : never;

/** A group's variables, checked. */
export type VariablesOf<Group> = Group extends SettingsGroup<string, infer Env> ? Env : never;

/** A group of variables that are declared in a class, and the settings that are made of them: units stand in their names. */
export function defineSettings<Name extends string, Env extends object, Shaped>(
  name: Name,
  variables: VariablesClass<Env>,
  shape: (env: Env & EnvironmentVariables) => Shaped,
  rules: readonly Rule<Env & EnvironmentVariables>[] = [],
): SettingsGroup<Name, Env & EnvironmentVariables, Shaped> {
  return { name, classes: [variables], variables: variablesOf(name, variables), shape, rules, parts: [] };
}

/** The variables of all of them; a group that does not say which it has adds none. */
type AllVariables<Parts> = (
  Parts extends unknown ? (env: Stated<VariablesOf<Parts>>) => void : never
) extends (env: infer All) => void
  ? All
  : never;

type Stated<Env> = [Env] extends [never] ? unknown : Env;

/** What must hold between the variables of several groups. */
export type RulesBetween<Parts extends SettingsGroup> = readonly Rule<AllVariables<Parts>>[];

type Combined<Parts extends SettingsGroup> = { readonly [Part in Parts as Part['name']]: SettingsOf<Part> };

/** Several groups as one, whose settings are theirs by name; with the rules between variables of different groups. */
export function combineSettings<Name extends string, Parts extends SettingsGroup>(
  name: Name,
  parts: readonly Parts[],
  rules: RulesBetween<Parts> = [],
): SettingsGroup<Name, AllVariables<Parts>, Combined<Parts>> {
  const variables = parts.flatMap((part) => part.variables);
  const names = variables.map((variable) => variable.name);
  const twice = names.find((variable, index) => names.indexOf(variable) !== index);
  if (twice !== undefined) throw new Error(`${twice} is declared twice`);
  return {
    name,
    variables,
    classes: parts.flatMap((part) => part.classes),
    shape: (env) =>
      Object.fromEntries(parts.map((part) => [part.name, part.shape(env as never)])) as Combined<Parts>,
    rules: [...parts.flatMap((part) => part.rules as RulesBetween<Parts>), ...rules],
    parts,
  };
}
