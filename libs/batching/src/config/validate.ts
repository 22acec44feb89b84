import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { BootError, EXIT } from '@app/platform';
import { DEFAULTS, Environment } from './environment';
import { lookAlikes } from './look-alikes';
import type { Problem } from './problem';
import { redisProblems } from './redis-servers.rules';
import { brokenRules } from './rules';
import type { Variables } from './sources';

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
  /** The program brings this Redis itself: no rule about addresses applies to it. */
  isOwnRedis?: boolean;
  shadowed?: readonly string[];
}

/**
 * Reads our variables out of an environment, checks each alone and then all together.
 *
 * @throws ConfigurationError with every problem found.
 */
export function validateEnvironment(raw: Variables, context: ValidationContext = {}): Environment {
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
  const hasUrlRules = !context.isOwnRedis && !suspect.has('REDIS_ALLOWED_PORTS');
  const related = [...(hasUrlRules ? redisProblems(env) : []), ...brokenRules(env)];
  const problems = [
    ...malformed,
    ...related.filter(({ variable }) => !suspect.has(variable)),
    ...lookAlikes(Object.keys(raw)),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems, context.shadowed);
  return env;
}
