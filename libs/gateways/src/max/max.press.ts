import { ignored } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { firstId, firstText, isJsonObject, type JsonObject, listOf, objectOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { messageContent } from '../message-content';
import { ORIGIN, readEnvelope } from './max.envelope';

/** Reads `message_callback`: a pressed button. The message in it is the bot's own; gone, it leaves nowhere to answer. */
export function readPress({ callback, message }: JsonObject): GatewayEvent {
  if (!isJsonObject(message)) return ignored(ORIGIN, 'other-event');
  const { callback_id, payload, timestamp, user } = objectOf(callback);
  const envelope = readEnvelope(message, objectOf(user));
  if ('kind' in envelope) return envelope;
  const content = messageContent({
    text: titleOf(message, payload),
    buttonId: firstId(payload),
    quotedId: envelope.messageId,
  });
  if (content === null) return { ...envelope, kind: 'ignored', reason: 'other-event', fields: [] };
  const timestampMs = timestampMsOf(timestamp);
  return {
    ...envelope,
    ...content,
    kind: 'message',
    messageId: pressIdOf(callback_id, timestampMs),
    timestampMs,
  };
}

/** The id by which a press is answered, from that of its message. */
export function callbackIdOf(messageId: string): string {
  return messageId.replace(/@\d+$/, '');
}

/** A keyboard has one id for all of its presses, so that the time belongs to a press's own. */
function pressIdOf(callbackId: unknown, timestampMs: number | null): string | null {
  const id = firstMessageId(callbackId);
  return id === null || timestampMs === null ? id : `${id}@${timestampMs}`;
}

/** The words on the button with this payload; null if its keyboard is gone. */
function titleOf({ body }: JsonObject, payload: unknown): string | null {
  const keyboards = listOf(objectOf(body).attachments).map((each) => objectOf(objectOf(each).payload));
  const buttons = keyboards.flatMap((each) => listOf(each.buttons).flatMap(listOf).map(objectOf));
  return firstText(buttons.find((button) => button.payload === payload)?.text);
}
