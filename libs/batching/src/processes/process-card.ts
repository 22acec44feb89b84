import { hostname } from 'node:os';
import { VERSION } from '@app/platform';
import type { EnvironmentName } from '../config/environment';
import type { Settings } from '../config/settings';
import type { Finding } from './finding';

export type Role = 'webhook' | 'batcher' | 'worker';

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
}

/** The card of this process. */
export function cardOf(
  settings: Settings,
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
 * The settings that change what each process does, by the roles that use them. Settings that all scripts
 * get concern every role; the others are compared among the processes of that role, because the rest need not have them.
 */
const AGREEMENT: Readonly<Record<Role | 'all', (settings: Settings) => Record<string, string | number>>> = {
  all: ({ redis, handOff, window, memory }) => ({
    KEY_PREFIX: redis.keyPrefix,
    QUEUE_NAME: handOff.queueName,
    REDIS_MIN_REPLICAS: redis.minReplicas,
    BATCH_TIMEOUT: window.quietMs,
    BATCH_TIMEOUT_BY_TYPE: listed([...window.quietMsByType].map(([type, ms]) => `${type}:${ms}`)),
    BATCH_MAX_WAIT: window.maxWaitMs,
    MAX_BATCH_SIZE: window.maxSize,
    MAX_BATCH_BYTES: window.maxBytes,
    BATCH_TTL: memory.idleTtlS,
  }),
  webhook: ({ bounds, memory, window, humanReply, gateways }) => ({
    MAX_PENDING_PER_CONVERSATION: bounds.maxPending,
    MAX_PENDING_BYTES: bounds.maxPendingBytes,
    DEDUP_TTL: memory.dedupTtlMs / 1000,
    MAX_MESSAGE_AGE: window.maxMessageAgeMs / 1000,
    ON_HUMAN_REPLY: humanReply.action,
    HUMAN_REPLY_HOLD: humanReply.holdMs / 1000,
    FORWARD_EVENTS: listed([...gateways.forwarded]),
    GROUP_MESSAGES: gateways.groups,
    GATEWAY_COMPANIES: listed([...gateways.companies].map(([account, company]) => `${account}=${company}`)),
  }),
  batcher: ({ handOff, turns, memory }) => ({
    CLAIM_LEASE: handOff.leaseMs / 1000,
    HANDOFF_MAX_ATTEMPTS: handOff.maxAttempts,
    BUSY_POLICY: turns.hold ? 'hold' : 'parallel',
    TURN_MAX: turns.maxMs / 1000,
    HISTORY_MAX: memory.historyMax,
    HISTORY_BYTES: memory.historyMaxBytes,
    HISTORY_TTL: memory.historyTtlMs / 1000,
    BATCH_SEPARATOR: JSON.stringify(handOff.separator),
  }),
  worker: ({ turns, bot }) => ({
    BUSY_POLICY: turns.hold ? 'hold' : 'parallel',
    TURN_MAX: turns.maxMs / 1000,
    BOT_TIMEOUT: bot.timeoutMs,
    BOT_MAX_ATTEMPTS: bot.maxAttempts,
    BOT_RETRY_DELAY: bot.retryDelayMs,
    BOT_OUTAGE_MAX: bot.outageMaxMs / 1000,
    STALE_REPLY: bot.staleReplyMs / 1000,
  }),
};

function agreementOf(settings: Settings, roles: readonly Role[]): Record<string, string> {
  const agreed = (['all', ...roles] as const).flatMap((role) => Object.entries(AGREEMENT[role](settings)));
  return Object.fromEntries(agreed.map(([variable, value]) => [variable, String(value)]));
}

function listed(entries: string[]): string {
  return entries.sort().join(',');
}
