import { Logger } from '@nestjs/common';
import type { Settings } from './settings';

/** Logs what a process runs with, masked, and what an operator may not expect of it. */
export function announce(settings: Settings): Settings {
  const { variables, shadowed } = settings.effective;
  const logger = new Logger('Configuration');
  const set = variables.filter(({ source }) => source !== 'default');
  logger.log(`Environment ${settings.environment}; effective configuration, secrets masked`, {
    ...Object.fromEntries(set.map(({ name, value, source }) => [name, `${value} (${source})`])),
    defaults: variables.length - set.length,
  });
  for (const line of shadowed) logger.warn(line);
  const { webhookSecrets, adminKeys } = settings.http;
  if (webhookSecrets.length === 0) logger.warn('WEBHOOK_SECRET is not set: anybody who reaches us can send');
  if (adminKeys.length === 0) logger.warn('ADMIN_API_KEY is not set: anybody who reaches us is an operator');
  return settings;
}
