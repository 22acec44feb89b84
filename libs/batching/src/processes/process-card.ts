import { hostname } from 'node:os';
import type { EnvironmentName, Role } from '@app/config';
import type { Finding } from '@app/contracts';
import { VERSION } from '@app/platform';
import type { BatchingSettings } from '../config/batching.settings';

export type { Role };

/** A process's description of itself for the others on its Redis. */
export interface ProcessCard {
  roles: Role[];
  version: string;
  host: string;
  environment: EnvironmentName;
  /** The settings on which processes must agree, by variable; none of them can hold a secret. */
  settings: Record<string, string>;
  /** The findings that only this process can have; an older version does not send them. */
  findings?: Finding[];
  /** Of a worker: whether a bot is configured, or it only prints. */
  hasBot?: boolean;
}

/** The card of this process. */
export function cardOf(
  settings: BatchingSettings,
  taken: Iterable<Role>,
  findings: readonly Finding[] = [],
): ProcessCard {
  const roles = [...taken];
  return {
    roles,
    version: VERSION,
    host: hostname(),
    environment: settings.environment,
    settings: agreementOf(settings, roles),
    findings: [...findings],
  };
}

/** Null for a card of another version in another form: it is left out, not guessed at. */
export function parseCard(json: string): ProcessCard | null {
  try {
    const card = JSON.parse(json) as Partial<ProcessCard>;
    return Array.isArray(card.roles) && typeof card.settings === 'object' ? (card as ProcessCard) : null;
  } catch {
    return null;
  }
}

/**
 * The settings that the processes of these roles must agree on. Those that all scripts get concern every role; the
 * others are compared among the processes of one role, because the rest need not have them.
 */
function agreementOf({ agreement }: BatchingSettings, roles: readonly Role[]): Record<string, string> {
  return Object.fromEntries(['all' as const, ...roles].flatMap((role) => Object.entries(agreement[role])));
}
