import { formText } from '../form';
import { firstMessageId } from '../identity/message-id';
import { compact, firstId, firstText, flagOf, type JsonObject, textOf } from '../json/json';
import { redact } from '../json/redaction';
import { mediaReference, mediaTypeOfMime } from '../media-reference';
import { type MediaReference, type MediaType, type MessageContent, messageContent } from '../message-content';

/** https://www.twilio.com/docs/messaging/guides/webhook-request */
const MOST_FILES = 10;

const VCARD = /^text\/(?:x-)?vcard/i;

/** The content of a message; null if it says nothing. */
export function twilioContent(fields: JsonObject): MessageContent | null {
  const place = placeIn(fields);
  const isPlace = place.latitude !== undefined;
  const media = isPlace ? [mediaReference('location', {})] : filesIn(fields);
  const caption = firstText(fields.Body);
  return messageContent({
    // A press has its title twice; a form has its answers beside WhatsApp's own words.
    text: firstText(
      fields.ButtonText,
      fields.ListTitle,
      formText(fields.InteractiveData),
      formText(fields.FlowData),
      isPlace && caption === firstText(fields.Label) ? null : caption,
    ),
    media: media.map((each, at) => (at === 0 && caption !== null ? { ...each, caption } : each)),
    quotedId: firstMessageId(fields.OriginalRepliedMessageSid),
    buttonId: firstId(fields.ButtonPayload, fields.ListId),
    forwarded: [fields.Forwarded, fields.FrequentlyForwarded].some((value) => flagOf(value) === true),
    metadata: redact(compact({ location: place, referral: referralIn(fields) })),
  });
}

/** Their addresses ask for the account's SID and token. */
function filesIn(fields: JsonObject): MediaReference[] {
  return Array.from({ length: MOST_FILES }, (_, at) => at).flatMap((at) => {
    const url = firstText(fields[`MediaUrl${at}`]);
    const mimeType = firstText(fields[`MediaContentType${at}`]);
    if (url === null && mimeType === null) return [];
    return [mediaReference(typeOf(fields, mimeType), { url, mimeType })];
  });
}

function typeOf({ MessageType }: JsonObject, mimeType: string | null): MediaType {
  if (VCARD.test(mimeType ?? '')) return 'contacts';
  // Nothing else tells a sticker from a picture.
  return textOf(MessageType) === 'sticker' ? 'sticker' : mediaTypeOfMime(mimeType);
}

function placeIn({ Latitude, Longitude, Label, Address }: JsonObject): JsonObject {
  if (firstText(Latitude) === null || firstText(Longitude) === null) return {};
  return compact({
    latitude: Latitude,
    longitude: Longitude,
    name: firstText(Label),
    address: firstText(Address),
  });
}

/** The advertisement that brought the customer here. */
function referralIn(fields: JsonObject): JsonObject {
  return compact({
    body: firstText(fields.ReferralBody),
    headline: firstText(fields.ReferralHeadline),
    sourceId: firstText(fields.ReferralSourceId),
    sourceType: firstText(fields.ReferralSourceType),
    sourceUrl: firstText(fields.ReferralSourceUrl),
    ctwaClid: firstText(fields.ReferralCtwaClid),
  });
}
