import { firstMessageId } from '../identity/message-id';
import { firstId, flagOf, type JsonObject } from '../json/json';

/** A message's key in the form of a linked WhatsApp client. */
export interface MessageKey {
  readonly id: string | null;
  readonly fromMe: boolean;
  /** Every spelling of the chat, the one to reply to first. */
  readonly chat: readonly (string | null)[];
  /** Every spelling of the member who speaks in a group. */
  readonly sender: readonly (string | null)[];
}

/**
 * Reads a key of Baileys, of any version.
 *
 * Since WhatsApp addresses people by LID, a key may name its chat twice: by `remoteJidAlt` (Baileys 7), by
 * `senderPn` and `senderLid` (Baileys 6.7) or by `previousRemoteJid` (Evolution 2.3.1 to 2.3.4). In a message of
 * our own the sender's ids are ours and say nothing of the chat.
 */
export function keyOf(key: JsonObject): MessageKey {
  const fromMe = flagOf(key.fromMe) ?? false;
  const remote = firstId(key.remoteJid, key.remoteJID);
  const aside = [key.senderPn, key.senderLid].map((id) => firstId(id));
  return {
    id: firstMessageId(key.id, key.ID),
    fromMe,
    chat: [remote, firstId(key.remoteJidAlt), firstId(key.previousRemoteJid), ...(fromMe ? [] : aside)],
    sender: [key.participant, key.participantAlt, key.participantPn, key.participantLid, ...aside].map((id) =>
      firstId(id),
    ),
  };
}

/** WhatsApp sends view-once messages only to phones; a linked client gets the key of one, and no message. */
export function hiddenTypeOf(key: JsonObject): 'view_once' | null {
  return flagOf(key.isViewOnce) === true ? 'view_once' : null;
}

/** Reads the `Info` of whatsmeow, which names the other address of the same person in `SenderAlt` or `RecipientAlt`. */
export function keyOfInfo(info: JsonObject): MessageKey {
  const fromMe = flagOf(info.IsFromMe) ?? false;
  const sender = [firstId(info.Sender), firstId(info.SenderAlt)];
  return {
    id: firstMessageId(info.ID),
    fromMe,
    chat: [firstId(info.Chat), ...(fromMe ? [firstId(info.RecipientAlt)] : sender)],
    sender,
  };
}
