import type { ReplyMedia } from '@app/contracts';

const USUAL_TYPES = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'application/octet-stream',
} as const satisfies Record<ReplyMedia['type'], string>;

/** A file as linked clients are told of it: they fetch it, and go by what they are told of its type and name. */
export function fileOf({ type, url, mimeType, filename }: ReplyMedia): {
  url: string;
  mimetype: string;
  filename: string;
} {
  return { url, mimetype: mimeType ?? USUAL_TYPES[type], filename: filename ?? nameOf(url) ?? type };
}

/** The last segment of an address; null if it has none. */
function nameOf(url: string): string | null {
  const last = URL.canParse(url) ? new URL(url).pathname.split('/').at(-1) : '';
  return last === undefined || last === '' ? null : last;
}
