import { compact, fieldOf, firstText, flagOf, isJsonObject, type JsonObject, objectOf } from '../json/json';
import type { MessageContent } from '../message-content';
import { contentOf } from '../whatsapp-web/content';

/** By the end of a file's name, because GOWA names no types. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  jpe: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  mp4: 'video/mp4',
  '3gp': 'video/3gpp',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  pdf: 'application/pdf',
};

/** The content of a payload; null if it says nothing. */
export function gowaContent(payload: JsonObject): MessageContent | null {
  return contentOf(asMessage(payload), {
    stanzaId: payload.replied_to_id,
    isForwarded: flagOf(payload.forwarded) === true,
    externalAdReply: advertisementIn(payload.referral),
  });
}

/** True for a vote in a poll, or a change of one: nothing is said, and the body tells of it in GOWA's words. */
export function isOfPoll({ poll }: JsonObject): boolean {
  return isJsonObject(poll) && poll.type !== 'creation';
}

/** The message that GOWA got from whatsmeow, as far as it passes it on. */
function asMessage(payload: JsonObject): JsonObject {
  const { contact, contacts_array, poll, selection } = payload;
  // The body of a poll and of a press is GOWA's account of it.
  const isAccount = isJsonObject(poll) || isJsonObject(selection);
  return compact({
    conversation: isAccount ? null : firstText(payload.body, payload.interactive),
    pollCreationMessage: pollIn(poll),
    buttonsResponseMessage: pressIn(selection),
    listMessage: payload.list,
    imageMessage: fileIn(payload.image),
    videoMessage: fileIn(payload.video),
    ptvMessage: fileIn(payload.video_note),
    audioMessage: fileIn(payload.audio),
    documentMessage: fileIn(payload.document),
    stickerMessage: fileIn(payload.sticker),
    locationMessage: payload.location,
    liveLocationMessage: payload.live_location,
    contactMessage: contact,
    contactsArrayMessage: Array.isArray(contacts_array) ? { contacts: contacts_array } : null,
    orderMessage: payload.order,
  });
}

function pollIn(poll: unknown): JsonObject {
  const { question, options } = objectOf(poll);
  return compact({ name: question, options });
}

function pressIn(selection: unknown): JsonObject {
  const { text, selected_id } = objectOf(selection);
  return compact({ selectedDisplayText: text, selectedButtonID: selected_id });
}

function advertisementIn(referral: unknown): JsonObject {
  const { ad_title, ad_body, source_id, source_url, source_type, ctwa_clid } = objectOf(referral);
  return {
    title: ad_title,
    body: ad_body,
    sourceId: source_id,
    sourceUrl: source_url,
    sourceType: source_type,
    ctwaClid: ctwa_clid,
  };
}

/** A file is a path on GOWA's own host, `{path, caption}`, or WhatsApp's encrypted file as `{url, caption}`. */
function fileIn(value: unknown): JsonObject | null {
  const { caption, filename, url, path } = isJsonObject(value) ? value : objectOf({ path: value });
  const where = firstText(path);
  if (where === null && firstText(url) === null) return null;
  return compact({ id: where, url, caption, filename, mimetype: mimeTypeOf(firstText(filename, where)) });
}

function mimeTypeOf(name: string | null): unknown {
  const [, extension = ''] = /\.(\w{1,5})$/.exec(name?.slice(-8) ?? '') ?? [];
  return fieldOf(MIME_TYPES, extension.toLowerCase());
}
