import { hostname } from 'node:os';
import { VERSION } from '@app/platform';
import type { EnvironmentName } from '../config/environment';
import type { Settings } from '../config/settings';

export type Role = 'webhook' | 'batcher' | 'worker';

/** What a process says of itself to the others on its Redis. */
export interface ProcessCard {
  roles: Role[];
  version: string;
  host: string;
  environment: EnvironmentName;
  /** The settings that all must agree on, by variable; none of them can hold a secret. */
  settings: Record<string, string>;
}

/** The card of this process. */
export function cardOf(settings: Settings, roles: Iterable<Role>): ProcessCard {
  return {
    roles: [...roles],
    version: VERSION,
    host: hostname(),
    environment: settings.environment,
    settings: agreementOf(settings),
  };
}

/** Null for what some other version wrote in a shape of its own: it is left out, not guessed at. */
export function parseCard(json: string): ProcessCard | null {
  try {
    const card = JSON.parse(json) as Partial<ProcessCard>;
    return Array.isArray(card.roles) && typeof card.settings === 'object' ? (card as ProcessCard) : null;
  } catch {
    return null;
  }
}

/** What breaks quietly where two processes have it differently: batches cut otherwise, or nobody at the queue's end. */
function agreementOf({ redis, handOff, window }: Settings): Record<string, string> {
  const byType = [...window.quietMsByType].map(([type, ms]) => `${type}:${ms}`).sort();
  return {
    KEY_PREFIX: redis.keyPrefix,
    QUEUE_NAME: handOff.queueName,
    BATCH_TIMEOUT: String(window.quietMs),
    BATCH_TIMEOUT_BY_TYPE: byType.join(','),
    BATCH_MAX_WAIT: String(window.maxWaitMs),
    MAX_BATCH_SIZE: String(window.maxSize),
    MAX_BATCH_BYTES: String(window.maxBytes),
  };
}
