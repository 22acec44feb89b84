import type { CompanyId } from './conversation';

/** A reference to a file; the bytes themselves never pass through Redis. */
export interface Media {
  /** `image`, `voice`, …, if the gateway says it. */
  type?: string;
  url?: string;
  id?: string;
  mimeType?: string;
  filename?: string;
  caption?: string;
  /** Bytes. */
  size?: number;
}

/** The origin of a message, and the destination of its reply. */
export interface MessageSource {
  gateway: string;
  /** The business's account: a session, an instance, a phone number id. */
  account: string | null;
  /** The chat's id in the gateway's spelling. */
  chatId: string;
  /** The customer's phone as digits, only if the gateway says it and the customer's id is another. */
  phone?: string;
}

/** The latest edit of a message; of two the later by the sender's clock counts, then the one with the greater id. */
export interface EditMark {
  /** The sender's clock, ms since the epoch. */
  at: number;
  id: string | null;
  /** False if the edit could not be read, for example because it is encrypted: the text is then the earlier one. */
  readable: boolean;
}

/**
 * Why the file of a message is not there. `timeout`: it did not come in time. `gateway-away`: its gateway could not be reached, or had no
 * time, until the wait was over. `no-file`: its gateway does not give it. `no-way`: nobody knows how to get at it. `too-large`: it is.
 */
export type MissingFile = 'timeout' | 'gateway-away' | 'no-file' | 'no-way' | 'too-large';

/**
 * Why a voice note has no words. `timeout`: they did not come before its batch was due. `transcriber-away`: it could not be reached, or had
 * no time, until the wait was over. `too-large`: also if its words have no room in the batch. `refused`: the transcriber does not
 * take it. `no-words`: it hears none.
 */
export type MissingWords = MissingFile | 'transcriber-away' | 'refused' | 'no-words';

/** Why the bot does not see a picture. `no-picture`: the file is none that models read. `too-many`: later ones were brought. */
export type MissingPicture = MissingFile | 'no-picture' | 'too-many';

/** What became of a voice note's words: `made`: they are the message's text. */
export type Transcript = { made: true } | { made: false; why: MissingWords };

/** Copies of the text in a stored message: `text`, and the predecessor's `message`. */
export const TEXT_COPIES = 2;

/** The share of a limit that is reserved for the rest of a message (ids, times, source, some metadata). */
export const ENVELOPE_SHARE = 1 / 64;

/** A message as a gateway posted it, before it is stored. */
export interface IncomingMessage {
  messageId: string | null;
  type: string;
  text: string;
  media: Media | null;
  metadata: Record<string, unknown>;
  source: MessageSource;
  /** The sender's clock, ms since the epoch; null: time of arrival, by Redis. */
  timestamp: number | null;
  /** Only if the gateway counts ids separately in each chat: then one id in two chats is two messages. */
  idsPerChat?: true;
  /** Only if an edit came before the message. */
  edited?: EditMark;
  /** Only of a voice note without words, of which a transcript can be made: its batch waits for that. */
  awaitsWords?: true;
  /** Only of a voice note without words, of which none can be made. */
  transcript?: Transcript;
}

/**
 * One element of the list `rapid-fire:<conversation>`.
 *
 * `message`, `companyId`, `metadata` and `timestamp` are the predecessor's fields, kept for its readers.
 */
export interface StoredMessage {
  /** Order of arrival within the conversation, from 1. */
  seq: number;
  /** Redis's clock, ms since the epoch. */
  receivedAt: number;
  /** The sender's clock, ms since the epoch. */
  timestamp: number;
  /** Only if it was older than `MAX_MESSAGE_AGE` on arrival. */
  stale?: true;
  /** Until when it waits for its transcript, by Redis's clock, ms since the epoch; only as long as there is none. */
  awaits?: number;
  messageId: string | null;
  type: string;
  text: string;
  media: Media | null;
  metadata: Record<string, unknown>;
  source: MessageSource;
  message: string;
  companyId: CompanyId | null;
  /** Only if it was edited. */
  edited?: EditMark;
  /** Only of a voice note that was to be transcribed. */
  transcript?: Transcript;
}

/**
 * The part of a stored message that its sender determines. The append script writes `seq`, `receivedAt` and
 * `timestamp` in front of it, as text: Lua's JSON turns a long id into `2.4e+14`, so it never re-encodes ours.
 */
export function encodeBody(message: IncomingMessage, companyId: CompanyId | null): string {
  const { messageId, type, text, media, metadata, source, edited, transcript } = message;
  // The id comes first, because a message is found by the first field of that name.
  const body = {
    messageId,
    type,
    text,
    media,
    metadata,
    source,
    message: text,
    companyId,
    edited,
    transcript,
  };
  return JSON.stringify(body).slice(1);
}

/** Parses one element of a conversation's list. */
export function decodeStoredMessage(json: string): StoredMessage {
  return JSON.parse(json) as StoredMessage;
}
