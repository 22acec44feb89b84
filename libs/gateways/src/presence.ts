import type { Envelope } from './event-builder';
import type { GatewayEvent, PresenceEvent } from './gateway-event';
import { firstText } from './json/json';

/** How gateways call it, in lower case. Who goes offline has stopped typing, and often nothing else says so. */
const STATES: Readonly<Record<string, PresenceEvent['state']>> = {
  composing: 'composing',
  typing: 'composing',
  recording: 'recording',
  recording_audio: 'recording',
  paused: 'paused',
  unavailable: 'paused',
  offline: 'paused',
};

/** Online is where typing begins and where it ends: it is ignored, as it would cut short or prolong a wait by chance. */
const ONLINE: ReadonlySet<string> = new Set(['available', 'online']);

/** The typing state that a gateway's word stands for; `online` apart; null for a word that is not known. */
export function presenceStateOf(word: unknown): PresenceEvent['state'] | 'online' | null {
  const text = firstText(word)?.toLowerCase() ?? '';
  if (ONLINE.has(text)) return 'online';
  return Object.hasOwn(STATES, text) ? (STATES[text] ?? null) : null;
}

/** What a presence means for the conversation it is about. */
export function presenceEvent(envelope: Envelope, word: unknown): GatewayEvent {
  const state = presenceStateOf(word);
  if (state === 'online') return { ...envelope, kind: 'ignored', reason: 'online', fields: [] };
  if (state === null) return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['state'] };
  return { ...envelope, kind: 'presence', state };
}
