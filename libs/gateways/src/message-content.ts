/** The types of media that a message can carry. */
export const MEDIA_TYPES = [
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'order',
] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

export type MessageType = 'text' | MediaType;

/** A reference to a file or card, without its bytes. */
export interface MediaReference {
  readonly type: MediaType;
  /** The gateway's id for it, if downloads use an id. */
  readonly id?: string;
  /** `http` or `https`. Files on `*.whatsapp.net` are encrypted: their bytes come through the gateway's own API. */
  readonly url?: string;
  readonly mimeType?: string;
  readonly filename?: string;
  /** Bytes. */
  readonly size?: number;
  readonly caption?: string;
}

/** The content of a message; at least one of `text` and `media` is not empty. */
export interface MessageContent {
  /** A {@link MessageType}, or a forwarder's own word for it. */
  readonly type: string;
  /** The words, a caption or a gateway's transcription, a button's title or otherwise its id; '' if there are none. */
  readonly text: string;
  /** In the order in which they were sent. */
  readonly media: readonly MediaReference[];
  /** The message that this one replies to. */
  readonly quotedId: string | null;
  /** The value of a pressed button or chosen row; its title is the text. */
  readonly buttonId: string | null;
  readonly forwarded: boolean;
  /** Notes of the gateway or its user, redacted: coordinates, cards, advertising, a forwarder's own fields. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What a reader has found of a message. */
type Said = {
  readonly [K in Exclude<keyof MessageContent, 'media'>]?: MessageContent[K] | null;
} & { readonly media?: readonly (MediaReference | null)[] };

/**
 * Adds the defaults of missing fields; null if the message says nothing at all and so is none. Its type is that of its first file,
 * where it has one and none is given.
 */
export function messageContent(said: Said): MessageContent | null {
  const media = (said.media ?? []).filter((each) => each !== null);
  const words = said.text ?? '';
  // A pressed button is an answer, even without a title.
  const text = words.trim() === '' && media.length === 0 ? (said.buttonId ?? '') : words;
  if (text.trim() === '' && media.length === 0) return null;
  return {
    type: said.type ?? media[0]?.type ?? 'text',
    text,
    media,
    quotedId: said.quotedId ?? null,
    buttonId: said.buttonId ?? null,
    forwarded: said.forwarded ?? false,
    metadata: said.metadata ?? {},
  };
}
