import type { CompanyId } from './conversation';

/** A reference to a file; the bytes themselves never pass through Redis. */
export interface Media {
  /** `image`, `voice`, …, where the gateway says it. */
  type?: string;
  url?: string;
  id?: string;
  mimeType?: string;
  filename?: string;
  caption?: string;
  /** Bytes. */
  size?: number;
}

/** Where a message came from, and so where its reply goes. */
export interface MessageSource {
  gateway: string;
  /** The business's own end: a session, an instance, a phone number id. */
  account: string | null;
  /** The chat's id as the gateway spelt it. */
  chatId: string;
}

/** The latest edit of a message; of two the later by the sender's clock counts, then the one with the greater id. */
export interface EditMark {
  /** The sender's clock, ms since the epoch. */
  at: number;
  id: string | null;
  /** False where the edit could not be read, as an encrypted one: then the text is the one from before it. */
  readable: boolean;
}

/** How often a stored message holds its text: as `text`, and as the predecessor's `message`. */
export const TEXT_COPIES = 2;

/** So much of a limit is room for what stands beside a text (ids, times, source, some metadata). */
export const BESIDE_A_TEXT = 1 / 64;

/** A message as a gateway handed it in, before Redis gave it a place. */
export interface IncomingMessage {
  messageId: string | null;
  type: string;
  text: string;
  media: Media | null;
  metadata: Record<string, unknown>;
  source: MessageSource;
  /** The sender's clock, ms since the epoch; null: time of arrival, by Redis. */
  timestamp: number | null;
  /** Only where the gateway counts ids in each chat anew: then one id in two chats is two messages. */
  idsPerChat?: true;
  /** Only where an edit came before the message. */
  edited?: EditMark;
}

/**
 * One element of the list `rapid-fire:<conversation>`.
 *
 * `message`, `companyId`, `metadata` and `timestamp` are the predecessor's fields; whoever read those still can.
 */
export interface StoredMessage {
  /** Order of arrival within the conversation, from 1. */
  seq: number;
  /** Redis's clock, ms since the epoch. */
  receivedAt: number;
  /** The sender's clock, ms since the epoch. */
  timestamp: number;
  /** Only where it was older than `MAX_MESSAGE_AGE` when it came. */
  stale?: true;
  messageId: string | null;
  type: string;
  text: string;
  media: Media | null;
  metadata: Record<string, unknown>;
  source: MessageSource;
  message: string;
  companyId: CompanyId | null;
  /** Only where it was edited. */
  edited?: EditMark;
}

/**
 * The part of a stored message that its sender decides. The append script writes `seq`, `receivedAt` and
 * `timestamp` in front of it, as text: Lua's JSON turns a long id into `2.4e+14`, so it never re-encodes ours.
 */
export function encodeBody(message: IncomingMessage, companyId: CompanyId | null): string {
  const { messageId, type, text, media, metadata, source, edited } = message;
  // The id first: a message of a given id is found by the first field of that name.
  const body = { messageId, type, text, media, metadata, source, message: text, companyId, edited };
  return JSON.stringify(body).slice(1);
}

/** Reads one element of a conversation's list. */
export function decodeStoredMessage(json: string): StoredMessage {
  return JSON.parse(json) as StoredMessage;
}
