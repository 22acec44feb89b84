import { firstMessageId } from '../identity/message-id';
import {
  compact,
  fieldOf,
  firstId,
  firstText,
  joinedText,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
} from '../json/json';
import { redact } from '../json/redaction';
import { mediaReference } from '../media-reference';
import { type MediaReference, type MediaType, type MessageContent, messageContent } from '../message-content';

/** Meta's words for what a message carries. A share says neither what it is a picture nor a film of. */
const TYPES: Readonly<Record<string, MediaType>> = {
  image: 'image',
  animated_image: 'image',
  like_heart: 'sticker',
  video: 'video',
  reel: 'video',
  ig_reel: 'video',
  audio: 'audio',
  file: 'document',
  share: 'document',
  post: 'document',
  ig_post: 'document',
  ig_story: 'document',
  story_mention: 'document',
  location: 'location',
};

/** The content of `message`; null if it says nothing that can be shown. */
export function messagingContent(message: JsonObject): MessageContent | null {
  const attachments = objectsOf(message.attachments);
  const payloads = attachments.map(({ payload }) => objectOf(payload));
  const { mid, story } = objectOf(message.reply_to);
  return messageContent({
    // A preview has its address in the text; where there is none, its title and address are what was sent.
    text: firstText(message.text, ...attachments.filter(isPreview).map(addressIn)),
    media: attachments.map(referenceOf),
    // A story is no message.
    quotedId: firstMessageId(mid),
    buttonId: firstId(objectOf(message.quick_reply).payload),
    metadata: redact(
      compact({
        location: payloads.map(placeIn).find((place) => place !== null),
        shared: attachments.map(sharedIn).find((shared) => shared !== null),
        story: compact({ id: objectOf(story).id, url: objectOf(story).url }),
        referral: referralIn(message.referral),
      }),
    ),
  });
}

/** The content of `postback`: a pressed button of a template, of the menu, or an ice breaker. */
export function postbackContent({ title, payload, referral }: JsonObject): MessageContent | null {
  return messageContent({
    text: firstText(title),
    buttonId: firstId(payload),
    metadata: redact(compact({ referral: referralIn(referral) })),
  });
}

function referenceOf({ type, payload }: JsonObject): MediaReference | null {
  const { url, sticker_id } = objectOf(payload);
  const named = fieldOf(TYPES, textOf(type) ?? '') as MediaType | undefined;
  if (named === undefined) return null;
  if (named === 'location') return mediaReference(named, {});
  return mediaReference(firstId(sticker_id) === null ? named : 'sticker', { url });
}

function isPreview({ type }: JsonObject): boolean {
  return textOf(type) === 'fallback';
}

function addressIn({ title, url, payload }: JsonObject): string | null {
  const inside = objectOf(payload);
  const parts = [firstText(title, inside.title), firstText(url, inside.url)];
  return joinedText('\n', ...new Set(parts));
}

function placeIn({ coordinates }: JsonObject): JsonObject | null {
  const { lat, long } = objectOf(coordinates);
  return lat === undefined || long === undefined ? null : { latitude: lat, longitude: long };
}

/** What a customer has shared: their question is about it. */
function sharedIn({ type, payload }: JsonObject): JsonObject | null {
  const { title, id, reel_video_id, ig_post_media_id } = objectOf(payload);
  const kind = textOf(type) ?? '';
  const isShared = /^(?:share|post|reel|ig_|story_mention)/.test(kind);
  return isShared ? compact({ kind, title, id: id ?? reel_video_id ?? ig_post_media_id }) : null;
}

/** The advertisement, link or product that brought the customer here. */
function referralIn(referral: unknown): JsonObject {
  const { ref, source, type, ad_id, ads_context_data, product } = objectOf(referral);
  return compact({ ref, source, type, adId: ad_id, advertisement: ads_context_data, product });
}
