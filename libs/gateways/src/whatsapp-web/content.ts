import { stanzaOf } from '../identity/message-id';
import { compact, firstText, flagOf, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { redact } from '../json/redaction';
import { type MessageContent, messageContent } from '../message-content';
import { answerOf } from './answer';
import { askedIn } from './asked';
import { attachmentOf } from './attachment';
import { unwrap } from './unwrap';

/** Evolution puts this in front of a transcription; the customer did not say it. */
const TRANSCRIPTION_MARK = /^\[audio\]\s*/i;

/**
 * The content of a message in the form of Baileys and whatsmeow; null if it says nothing.
 *
 * @param context Where the gateway moved the reply's context out of the message (Evolution 2 does).
 */
export function contentOf(message: JsonObject, context: unknown = null): MessageContent | null {
  const inner = unwrap(message);
  const attachment = attachmentOf(inner, message);
  const answer = answerOf(inner);
  const asked = askedIn(inner);
  const contextInfo = contextOf(inner, message, context);
  const transcription = firstText(message.speechToText, inner.speechToText)?.replace(TRANSCRIPTION_MARK, '');
  return messageContent({
    text: firstText(
      inner.conversation,
      objectOf(inner.extendedTextMessage).text,
      attachment?.media.caption,
      answer.text,
      offeredText(inner),
      asked.text,
      transcription,
    ),
    media: [attachment?.media ?? null],
    quotedId: stanzaOf(contextInfo.stanzaId ?? contextInfo.stanzaID),
    buttonId: answer.buttonId,
    forwarded: flagOf(contextInfo.isForwarded) === true || Number(contextInfo.forwardingScore) > 0,
    metadata: redact(
      compact({
        ...attachment?.details,
        ...answer.details,
        ...asked.details,
        advertisement: advertisementOf(contextInfo),
      }),
    ),
  });
}

/** The text above the buttons in another business's message, or in a forwarded one. */
function offeredText({
  buttonsMessage,
  listMessage,
  interactiveMessage,
  templateMessage,
  productMessage,
}: JsonObject): string | null {
  const template = objectOf(templateMessage);
  const hydrated = objectOf(template.hydratedTemplate ?? template.hydratedFourRowTemplate);
  const product = objectOf(productMessage);
  return firstText(
    objectOf(buttonsMessage).contentText,
    objectOf(listMessage).description,
    objectOf(objectOf(interactiveMessage).body).text,
    hydrated.hydratedContentText,
    product.body,
    objectOf(product.product).title,
  );
}

/** Version 1 of Evolution leaves the context in the part it belongs to, version 2 moves it out of the message. */
function contextOf(inner: JsonObject, message: JsonObject, beside: unknown): JsonObject {
  const found = [beside, message.contextInfo, inner.contextInfo].find(isJsonObject);
  if (found !== undefined) return found;
  const parts = Object.values(inner).filter(isJsonObject);
  return parts.map(({ contextInfo }) => contextInfo).find(isJsonObject) ?? {};
}

/** The advertisement that brought the customer here. */
function advertisementOf({ externalAdReply }: JsonObject): JsonObject {
  const { title, body, sourceId, sourceUrl, sourceType, ctwaClid } = objectOf(externalAdReply);
  return compact({ title, body, sourceId, sourceUrl, sourceType, ctwaClid });
}
