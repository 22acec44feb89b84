import type { GatewayEvent, IgnoredReason } from '@app/gateways';

/** Reasons to ignore that may be ours: a reader that does not know a format would give the same. */
const NOT_UNDERSTOOD: ReadonlySet<IgnoredReason> = new Set<IgnoredReason>([
  'malformed',
  'invalid-field',
  'invalid-customer',
  'empty',
]);

/** Why something of a body was not understood, each reason once; empty where everything was. */
export function misunderstandings(events: readonly GatewayEvent[]): string[] {
  const reasons = events.map((event) => {
    if (event.kind === 'unsupported') return 'unsupported';
    return event.kind === 'ignored' && NOT_UNDERSTOOD.has(event.reason) ? event.reason : null;
  });
  return [...new Set(reasons.filter((reason) => reason !== null))];
}

/** True where at least one entry of a body has the shape of its gateway's payloads. */
export function isUnderstood(events: readonly GatewayEvent[]): boolean {
  return events.some((event) => event.kind !== 'ignored' || event.reason !== 'malformed');
}
