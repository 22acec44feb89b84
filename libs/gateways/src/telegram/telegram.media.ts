import { isJsonObject, flagOf, type JsonObject, listOf, objectOf } from '../json/json';
import { mediaReference, mimeTypeOf } from '../media-reference';
import type { MediaReference, MediaType } from '../message-content';

interface File {
  readonly type: MediaType;
  /** What Telegram makes of every such file, where it does not say. */
  readonly mimeType?: string;
}

/** The fields that hold a file. An animation is sent as a document too, and stands first. */
const FILES: Readonly<Record<string, File>> = {
  animation: { type: 'video', mimeType: 'video/mp4' },
  video: { type: 'video', mimeType: 'video/mp4' },
  video_note: { type: 'video', mimeType: 'video/mp4' },
  voice: { type: 'voice', mimeType: 'audio/ogg' },
  audio: { type: 'audio', mimeType: 'audio/mpeg' },
  document: { type: 'document' },
  sticker: { type: 'sticker' },
};

/** A message's file, place or card; null if it has none. A file goes by its id: it has no address. */
export function telegramMedia(message: JsonObject): MediaReference | null {
  const { photo, venue, location, contact, caption } = message;
  // The last of a picture's sizes is the largest.
  const picture = listOf(photo).findLast(isJsonObject);
  if (picture !== undefined)
    return fileReference({ type: 'image', mimeType: 'image/jpeg' }, picture, caption);
  const [name, file] = Object.entries(FILES).find(([field]) => isJsonObject(message[field])) ?? [];
  if (name !== undefined && file !== undefined) {
    const held = objectOf(message[name]);
    return fileReference(name === 'sticker' ? { ...file, mimeType: stickerType(held) } : file, held, caption);
  }
  if (isJsonObject(venue) || isJsonObject(location)) return { type: 'location' };
  return isJsonObject(contact) ? { type: 'contacts' } : null;
}

function fileReference({ type, mimeType }: File, file: JsonObject, caption: unknown): MediaReference {
  return mediaReference(type, {
    id: file.file_id,
    mimeType: mimeTypeOf(file) ?? mimeType,
    filename: file.file_name,
    size: file.file_size,
    caption,
  });
}

function stickerType({ is_animated, is_video }: JsonObject): string {
  if (flagOf(is_animated) === true) return 'application/x-tgsticker';
  return flagOf(is_video) === true ? 'video/webm' : 'image/webp';
}
