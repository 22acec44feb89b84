import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { BootError, EXIT } from './boot-error';
import { lookAlikes } from './look-alikes';
import type { Problem } from './problem';
import type { Known, Rule, SettingsGroup } from './settings-group';
import type { Variables } from './sources';
import { namesOf } from './variable';

/** The configuration cannot be used; the message names every problem at once and no value that could be a secret. */
export class ConfigurationError extends BootError {
  /** @param shadowed what else an operator should know: a value may not come from where they look. */
  constructor(
    readonly problems: readonly Problem[],
    shadowed: readonly string[] = [],
  ) {
    super(
      [
        `${problems.length} problem${problems.length === 1 ? '' : 's'} in the configuration:`,
        ...problems.map(({ variable, problem }) => `  ${variable} ${problem}`),
        ...(shadowed.length > 0
          ? ['Where the shell and a file differ:', ...shadowed.map((line) => `  ${line}`)]
          : []),
        'Correct them in the environment or in .env, and start again.',
      ].join('\n'),
      EXIT.config,
    );
  }
}

export interface ValidationContext {
  /** The variables that the program itself decides. */
  decided?: readonly string[];
  shadowed?: readonly string[];
}

/**
 * Reads a group's variables out of an environment, checks each alone and then all together.
 *
 * @throws ConfigurationError with every problem found.
 */
export function validateEnvironment<Env>(
  group: SettingsGroup<string, Env>,
  raw: Variables,
  context: ValidationContext = {},
): Env {
  return validated(group, raw, { classes: group.classes, base: {} }, context);
}

/**
 * Gives some variables of a checked environment other values, and checks everything that they have to do with.
 *
 * @param given texts, or values of the variable's own type; undefined: the variable's default.
 * @throws ConfigurationError with every problem found.
 */
export function validateOver<Env extends object>(
  group: SettingsGroup<string, Env>,
  env: Env,
  given: Readonly<Record<string, unknown>>,
  context: ValidationContext = {},
): Env {
  const classes = group.classes.filter((declared) => namesOf(declared).some((name) => name in given));
  return validated(group, { ...env, ...given }, { classes, base: env }, context);
}

function validated<Env>(
  group: SettingsGroup<string, Env>,
  raw: Readonly<Record<string, unknown>>,
  { classes, base }: { classes: SettingsGroup['classes']; base: object },
  context: ValidationContext,
): Env {
  const parts = classes.map((declared) => {
    const given = namesOf(declared).flatMap((name) => (raw[name] === undefined ? [] : [[name, raw[name]]]));
    return plainToInstance(declared, Object.fromEntries(given), { exposeDefaultValues: true });
  });
  const malformed = parts
    .flatMap((part) => validateSync(part))
    .map(({ property, constraints }): Problem => ({
      variable: property,
      problem: Object.values(constraints ?? {}).join(' and '),
    }));
  const suspect = new Set(malformed.map(({ variable }) => variable));
  const env = Object.assign({}, base, ...parts) as Env;
  const known: Known = {
    isDecided: (variable) => context.decided?.includes(variable) ?? false,
    isMalformed: (variable) => suspect.has(variable),
  };
  const related = group.rules.flatMap((rule) => brokenBy(rule, env, known));
  const ours = group.variables.map(({ name }) => name);
  const problems = [
    ...malformed,
    ...related.filter(({ variable }) => !suspect.has(variable)),
    ...lookAlikes(Object.keys(raw), ours),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems, context.shadowed);
  return env;
}

function brokenBy<Env>(rule: Rule<Env>, env: Env, known: Known): Problem[] {
  if (typeof rule === 'function') return rule(env, known);
  const { variable, broken, problem } = rule;
  // A value that failed its own check may be anything, and has its problem already.
  return !known.isMalformed(variable) && broken(env) ? [{ variable, problem }] : [];
}
