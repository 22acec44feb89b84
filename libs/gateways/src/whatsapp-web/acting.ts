import type { EventBase, GatewayEvent } from '../gateway-event';
import type { Control } from './control';
import { keyOf } from './key';

/** The event of a message that acts on another, or on nothing. */
export function controlEvent(envelope: EventBase, control: Control, fromMe: boolean): GatewayEvent {
  if (control.does === 'nothing') return { ...envelope, kind: 'ignored', reason: 'protocol', fields: [] };
  const targetId = keyOf(control.target).id;
  if (control.does === 'react')
    return { ...envelope, kind: 'reaction', targetId, text: control.emoji, fromMe };
  if (targetId === null) return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['key.id'] };
  if (control.does === 'revoke') return { ...envelope, kind: 'revoke', targetId, fromMe };
  const timestampMs = control.atMs ?? envelope.timestampMs;
  return {
    ...envelope,
    kind: 'edit',
    targetId,
    text: control.text,
    editId: envelope.messageId,
    fromMe,
    timestampMs,
  };
}
