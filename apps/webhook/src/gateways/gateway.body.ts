import type { GatewayEvent } from '@app/gateways';

/** True where at least one entry of a body has the shape of its gateway's payloads. */
export function isUnderstood(events: readonly GatewayEvent[]): boolean {
  return events.some((event) => event.kind !== 'ignored' || event.reason !== 'malformed');
}

/** The JSON in a body; undefined, which no gateway sends, where there is none. */
export function parseBody(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
