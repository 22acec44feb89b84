import type { GatewayEvent, IgnoredReason } from '@app/gateways';
import type { EventAnswer } from './event.answer';

/** Reasons to ignore that may be our own fault: a reader that does not know a format would give the same. */
const NOT_UNDERSTOOD: ReadonlySet<IgnoredReason> = new Set<IgnoredReason>([
  'malformed',
  'invalid-field',
  'invalid-customer',
  'empty',
]);

/** Why parts of a body were not understood, each reason once; empty if everything was. */
export function misunderstandings(events: readonly GatewayEvent[]): string[] {
  const reasons = events.map((event) => {
    if (event.kind === 'unsupported') return 'unsupported';
    return event.kind === 'ignored' && NOT_UNDERSTOOD.has(event.reason) ? event.reason : null;
  });
  return [...new Set(reasons.filter((reason) => reason !== null))];
}

/** True if at least one entry of a body has the form of its gateway's payloads. */
export function isUnderstood(events: readonly GatewayEvent[]): boolean {
  return events.some((event) => event.kind !== 'ignored' || event.reason !== 'malformed');
}

/** Why parts of a body were not taken although the gateway is answered 200, each reason once. */
export function refusalsIn(results: readonly EventAnswer[]): string[] {
  const reasons = results.map(({ outcome, reason }) => (outcome === 'refused' ? (reason ?? null) : null));
  return [...new Set(reasons.filter((reason) => reason !== null))];
}
