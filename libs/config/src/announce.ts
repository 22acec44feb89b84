import { Logger } from '@nestjs/common';
import type { EffectiveConfiguration } from './effective';

/** Logs what a process runs with, masked, and where that is not what a file says. */
export function announce(environment: string, { variables, shadowed }: EffectiveConfiguration): void {
  const logger = new Logger('Configuration');
  const set = variables.filter(({ source }) => source !== 'default');
  logger.log(`Environment ${environment}; effective configuration, secrets masked`, {
    ...Object.fromEntries(set.map(({ name, value, source }) => [name, `${value} (${source})`])),
    defaults: variables.length - set.length,
  });
  for (const line of shadowed) logger.warn(line);
}
