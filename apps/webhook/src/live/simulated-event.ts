import { SIMULATOR, simulatedId } from '@app/contracts';
import type { EditEvent, EventBase, MessageEvent, PresenceEvent, RevokeEvent } from '@app/gateways';
import type { SimulatedDto } from './simulated.dto';

const FILES = {
  voice: [{ type: 'voice' as const, id: 'simulated', mimeType: 'audio/ogg' }],
  image: [{ type: 'image' as const, id: 'simulated', mimeType: 'image/jpeg' }],
  text: [],
};

/** What a simulated customer does, as a gateway would have read it. */
export function simulatedEvent(
  { phone, companyId, kind, messageId, type = 'text', text }: SimulatedDto,
  nowMs: number,
): MessageEvent | PresenceEvent | EditEvent | RevokeEvent {
  const customer = simulatedId(phone);
  const base: EventBase & { customer: string; chatId: string } = {
    gateway: SIMULATOR,
    account: null,
    companyId: companyId ?? null,
    customer,
    sender: null,
    aliases: [],
    messageId: null,
    timestampMs: null,
    chatId: customer,
    senderName: null,
  };
  switch (kind) {
    case 'message':
      return Object.assign(base, {
        kind,
        messageId,
        type,
        text: (text as string | undefined) ?? '',
        media: FILES[type],
        quotedId: null,
        buttonId: null,
        forwarded: false,
        // So that a bot knows, and books nothing.
        metadata: { simulated: true },
      });
    case 'typing':
      return Object.assign(base, { kind: 'presence' as const, state: 'composing' as const });
    case 'edit':
      return Object.assign(base, {
        kind,
        targetId: messageId,
        text,
        editId: null,
        timestampMs: nowMs,
        fromMe: false,
      });
    case 'revoke':
      return Object.assign(base, { kind, targetId: messageId, timestampMs: nowMs, fromMe: false });
  }
}
