import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { BootError, EXIT } from '@app/platform';
import { DEFAULTS, Environment } from './environment';
import { brokenRules, type Problem } from './rules';

/** The configuration cannot be used; the message names every problem at once and no value. */
export class ConfigurationError extends BootError {
  constructor(readonly problems: readonly Problem[]) {
    super(
      [
        `${problems.length} problem${problems.length === 1 ? '' : 's'} in the configuration:`,
        ...problems.map(({ variable, problem }) => `  ${variable} ${problem}`),
        'Correct them in the environment or in .env, and start again.',
      ].join('\n'),
      EXIT.config,
    );
  }
}

/**
 * Reads our variables out of an environment, checks each alone and then all together.
 *
 * @throws ConfigurationError with every problem found.
 */
export function validateEnvironment(raw: Readonly<Record<string, string | undefined>>): Environment {
  const ours = Object.keys(DEFAULTS);
  const given = Object.fromEntries(
    ours.filter((name) => raw[name] !== undefined).map((name) => [name, raw[name]]),
  );
  const env = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const malformed = validateSync(env).map(({ property, constraints }): Problem => ({
    variable: property,
    problem: Object.values(constraints ?? {}).join(' and '),
  }));
  const suspect = new Set(malformed.map(({ variable }) => variable));
  const problems = [...malformed, ...brokenRules(env).filter(({ variable }) => !suspect.has(variable))];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return env;
}
