import { emojiOf } from '../event-builder';
import { firstMessageId } from '../identity/message-id';
import { isJsonObject, type JsonObject, objectOf } from '../json/json';
import { firstTimestampMs } from '../json/timestamp';
import { contentOf } from './content';
import { keyOf } from './key';
import { unwrap } from './unwrap';

/** The action of a message that says nothing. */
export type Control =
  | {
      readonly does: 'edit';
      readonly target: JsonObject;
      readonly text: string | null;
      readonly atMs: number | null;
    }
  | { readonly does: 'revoke'; readonly target: JsonObject }
  | { readonly does: 'react'; readonly target: JsonObject; readonly emoji: string }
  | { readonly does: 'nothing' };

/** Numbers and names of WhatsApp's protocol messages; all others are between clients. */
const REVOKE: ReadonlySet<unknown> = new Set([0, '0', 'REVOKE']);
const EDIT: ReadonlySet<unknown> = new Set([14, '14', 'MESSAGE_EDIT']);
const ENCRYPTED_EDIT: ReadonlySet<unknown> = new Set([2, '2', 'MESSAGE_EDIT']);

/** Fields of messages that are not meant for people. */
const SILENT = [
  'protocolMessage',
  'secretEncryptedMessage',
  'encReactionMessage',
  'encCommentMessage',
  'encEventResponseMessage',
  'pollUpdateMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'albumMessage',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'placeholderMessage',
  'stickerSyncRmrMessage',
  'call',
];

/** The action of a message, if it says nothing itself; null if it speaks. */
export function controlOf(message: JsonObject): Control | null {
  const inner = unwrap(message);
  if (isJsonObject(inner.protocolMessage)) return protocolControlOf(inner.protocolMessage);
  if (isJsonObject(inner.secretEncryptedMessage)) return encryptedControlOf(inner.secretEncryptedMessage);
  if (isJsonObject(inner.reactionMessage)) {
    const { key, text } = inner.reactionMessage;
    return { does: 'react', target: objectOf(key), emoji: emojiOf(text) };
  }
  return SILENT.some((name) => isJsonObject(inner[name])) && contentOf(inner) === null
    ? { does: 'nothing' }
    : null;
}

/** Reads a bare protocol message: an edit, a revocation, or traffic between clients. */
export function protocolControlOf(protocol: JsonObject): Control {
  const target = objectOf(protocol.key);
  // Zero is protobuf's default: encoders that leave defaults out send a revocation without its type.
  const isRevoke = REVOKE.has(protocol.type) || (protocol.type == null && keyOf(target).id !== null);
  const edited = protocol.editedMessage;
  if (EDIT.has(protocol.type) || isJsonObject(edited)) {
    const text = contentOf(objectOf(edited))?.text ?? null;
    return {
      does: 'edit',
      target,
      text: text === '' ? null : text,
      atMs: firstTimestampMs(protocol.timestampMs, protocol.timestampMS),
    };
  }
  return isRevoke ? { does: 'revoke', target } : { does: 'nothing' };
}

/** Since May 2026 edits come encrypted under the original's secret, which few clients hold. */
function encryptedControlOf(secret: JsonObject): Control {
  const target = objectOf(secret.targetMessageKey);
  if (!ENCRYPTED_EDIT.has(secret.secretEncType) || firstMessageId(target.id, target.ID) === null)
    return { does: 'nothing' };
  return { does: 'edit', target, text: null, atMs: null };
}
