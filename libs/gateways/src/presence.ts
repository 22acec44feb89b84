import type { Envelope } from './event-builder';
import type { GatewayEvent, PresenceEvent } from './gateway-event';
import { firstText } from './json/json';

/** The gateways' words, in lower case. A customer who goes offline has stopped typing, and often no other event says so. */
const STATES: Readonly<Record<string, PresenceEvent['state']>> = {
  composing: 'composing',
  typing: 'composing',
  recording: 'recording',
  recording_audio: 'recording',
  paused: 'paused',
  unavailable: 'paused',
  offline: 'paused',
};

/** Online precedes and follows typing: it is ignored, because it would shorten or prolong a wait by chance. */
const ONLINE: ReadonlySet<string> = new Set(['available', 'online']);

/** The typing state for a gateway's word; `online` separately; null for an unknown word. */
export function presenceStateOf(word: unknown): PresenceEvent['state'] | 'online' | null {
  const text = firstText(word)?.toLowerCase() ?? '';
  if (ONLINE.has(text)) return 'online';
  return Object.hasOwn(STATES, text) ? (STATES[text] ?? null) : null;
}

/** The meaning of a presence for its conversation. */
export function presenceEvent(envelope: Envelope, word: unknown): GatewayEvent {
  const state = presenceStateOf(word);
  if (state === 'online') return { ...envelope, kind: 'ignored', reason: 'online', fields: [] };
  if (state === null) return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['state'] };
  return { ...envelope, kind: 'presence', state };
}
