/** What can stand beside the text of a message. */
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

/** A reference to a file or card; its bytes never come along. */
export interface MediaReference {
  readonly type: MediaType;
  /** The gateway's id for it, where a download goes by id. */
  readonly id?: string;
  /** `http` or `https`. What `*.whatsapp.net` serves is encrypted: its bytes come through the gateway's own API. */
  readonly url?: string;
  readonly mimeType?: string;
  readonly filename?: string;
  /** Bytes. */
  readonly size?: number;
  readonly caption?: string;
}

/** What a message says; at least one of `text` and `media` is not empty. */
export interface MessageContent {
  /** A {@link MessageType}, or a forwarder's own word for it. */
  readonly type: string;
  /** The words, a caption or a gateway's transcription, a button's title or else its id; '' where there are none. */
  readonly text: string;
  /** In the order in which they were sent. */
  readonly media: readonly MediaReference[];
  /** The message that this one replies to. */
  readonly quotedId: string | null;
  /** What a pressed button or chosen row stands for; its title is the text. */
  readonly buttonId: string | null;
  readonly forwarded: boolean;
  /** Notes of the gateway or its user, redacted: coordinates, cards, advertising, a forwarder's own fields. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Fills in what a message does not say; null where it says nothing at all, which makes it no message. */
export function messageContent(
  said: Pick<MessageContent, 'type'> & {
    readonly [K in Exclude<keyof MessageContent, 'type'>]?: MessageContent[K] | null;
  },
): MessageContent | null {
  const media = said.media ?? [];
  const words = said.text ?? '';
  // A pressed button is an answer, also where no title came with it.
  const text = words.trim() === '' && media.length === 0 ? (said.buttonId ?? '') : words;
  if (text.trim() === '' && media.length === 0) return null;
  return {
    type: said.type,
    text,
    media,
    quotedId: said.quotedId ?? null,
    buttonId: said.buttonId ?? null,
    forwarded: said.forwarded ?? false,
    metadata: said.metadata ?? {},
  };
}
