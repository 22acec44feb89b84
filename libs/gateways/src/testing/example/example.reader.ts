import { ignored, isUnidentified, messageOr, senderNameOf } from '../../event-builder';
import type { EventOrigin, GatewayEvent } from '../../gateway-event';
import { firstMessageId } from '../../identity/message-id';
import { partiesOf } from '../../identity/parties';
import { firstId, firstText, type JsonObject, objectOf } from '../../json/json';
import { timestampMsOf } from '../../json/timestamp';
import { messageContent } from '../../message-content';

/** Reads `{bot, messages: [{id, from, name, text, sentAt}]}`. */
export function readExample(payload: unknown): GatewayEvent[] {
  const { bot, messages } = objectOf(payload);
  const origin: EventOrigin = { gateway: 'example', account: firstId(bot), companyId: null };
  if (!Array.isArray(messages)) return [ignored(origin, 'malformed', ['messages'])];
  return messages.map((message) => readMessage(origin, objectOf(message)));
}

function readMessage(origin: EventOrigin, { id, from, name, text, sentAt }: JsonObject): GatewayEvent {
  const parties = partiesOf({ chat: [from] });
  if (isUnidentified(parties)) return ignored(origin, parties, ['from']);
  const envelope = {
    ...origin,
    ...parties,
    messageId: firstMessageId(id),
    timestampMs: timestampMsOf(sentAt),
    senderName: senderNameOf(name),
  };
  return messageOr(envelope, messageContent({ text: firstText(text) }));
}
