import type { StoredMessage, WindowReport } from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';

/** The silence that a batch waits for behind its last message, as its messages' types ask for it. */
export function windowReport(
  messages: readonly StoredMessage[],
  { quietMs, quietMsByType }: BatchingSettings['window'],
): WindowReport {
  const last = Math.max(...messages.map(({ receivedAt }) => receivedAt));
  const ends = messages.map(({ receivedAt, type }) => receivedAt + (quietMsByType.get(type) ?? quietMs));
  return { ms: Math.max(...ends) - last, why: 'fixed' };
}
