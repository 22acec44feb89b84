import { formText } from '../form';
import { firstMessageId } from '../identity/message-id';
import {
  compact,
  fieldOf,
  firstId,
  firstText,
  flagOf,
  isJsonObject,
  type JsonObject,
  objectOf,
  textOf,
} from '../json/json';
import { redact } from '../json/redaction';
import { mediaReference } from '../media-reference';
import { type MediaReference, type MessageContent, messageContent } from '../message-content';
import { cardsOf } from './meta.cards';

// The Cloud API marks a voice note as audio; the on-premises API, which partners still imitate, has a type for it.
const FILES = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const;
const CARDS = ['location', 'contacts', 'order'] as const;

/** The content of a Cloud API message; null if it says nothing, for example because its type is not supported. */
export function metaContent(message: JsonObject): MessageContent | null {
  const media = mediaOf(message);
  const choice = choiceOf(message);
  const context = objectOf(message.context);
  return messageContent({
    text: firstText(objectOf(message.text).body, media?.caption, objectOf(message.order).text, choice.title),
    media: [media],
    quotedId: firstMessageId(context.id),
    buttonId: choice.id,
    forwarded: [context.forwarded, context.frequently_forwarded].some((value) => flagOf(value) === true),
    metadata: redact(
      compact({
        ...cardsOf(message),
        referral: message.referral,
        product: context.referred_product ?? choice.product,
        flow: choice.flow,
      }),
    ),
  });
}

function mediaOf(message: JsonObject): MediaReference | null {
  const type = textOf(message.type);
  const file = FILES.find((name) => name === type);
  if (file !== undefined) {
    const part = fieldOf(message, file);
    if (!isJsonObject(part)) return null;
    return mediaReference(file === 'audio' && flagOf(part.voice) === true ? 'voice' : file, part);
  }
  const card = CARDS.find((name) => name === type);
  if (card === undefined || typeof message[card] !== 'object' || message[card] === null) return null;
  return mediaReference(card, card === 'location' ? { url: objectOf(message.location).url } : {});
}

interface Choice {
  readonly title: string | null;
  readonly id: string | null;
  readonly flow: unknown;
  /** The catalogue item that the customer asks about. */
  readonly product: unknown;
}

/** A pressed button, a chosen row, or a form filled in. */
function choiceOf(message: JsonObject): Choice {
  const { button_reply, list_reply, nfm_reply, body, action } = objectOf(message.interactive);
  const reply = objectOf(button_reply ?? list_reply);
  const button = objectOf(message.button);
  const form = objectOf(nfm_reply);
  return {
    title: firstText(reply.title, button.text, formText(form.response_json), form.body, objectOf(body).text),
    id: firstId(reply.id, button.payload),
    flow: compact({ name: form.name, response: form.response_json }),
    product: action,
  };
}
