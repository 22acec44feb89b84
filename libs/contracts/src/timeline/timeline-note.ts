import type { MissingPicture } from '../stored-message';

/**
 * What is kept of a conversation because nothing else holds it: what the bot answered, what became of a reply, and why a
 * message was not taken. Messages that are accepted stand in the window, the history and the jobs, and are no notes.
 */
export type TimelineNote = (
  | AttemptNote
  | PictureNote
  | ReplyNote
  | IgnoredNote
  | ChangeNote
  | TakeoverNote
  | HoldNote
  | MuteNote
  | OperatorNote
) & {
  /** ms since the epoch, by Redis's clock; left out: when the note is kept. */
  at?: number;
};

/** A note as it was kept. */
export type KeptNote = TimelineNote & {
  /** ms since the epoch. */
  at: number;
  conversationId: string;
};

/** What a call of the bot came to. `promised`: its reply comes later. `declined`: it took back an answer that was committed. */
export const ATTEMPT_OUTCOMES = [
  'answered',
  'promised',
  'declined',
  'unavailable',
  'refused',
  'interrupted',
] as const;

/** A call of the bot for a batch; `at` is when it began, and in the timeline when it ended. */
export interface AttemptNote {
  kind: 'attempt';
  batchId: string;
  /** Which call of the batch, from 1; null: it was told that its answer is committed. */
  attempt: number | null;
  /** False: a draft, which further messages may supersede. */
  final: boolean;
  outcome: (typeof ATTEMPT_OUTCOMES)[number];
  /** HTTP's; null without an answer. */
  status: number | null;
  /** From the beginning of the call to its end. */
  ms: number;
  /** The beginning of what it answered, its phones masked where the log's are; null if there is nothing. */
  answer: string | null;
  /** Why it is no success. */
  error?: string;
  /** Number of replies that were understood. */
  replies?: number;
  /** The form of an answer that was not fully understood. */
  notUnderstood?: string;
  /** It answers this draft only when it is final. */
  needsFinal?: boolean;
}

/** Pictures of a batch that a call of the bot did not bring, all for one reason. */
export interface PictureNote {
  kind: 'picture';
  batchId: string;
  reason: MissingPicture;
  /** How many. */
  pictures: number;
  /** What happened to the first of them. */
  error?: string;
}

/**
 * What became of a reply. `logged`: no sender is configured for its gateway. `unknown`: it may have been sent. `unsent`: it
 * is tried again. `refused`: the gateway does not take it. `undelivered`: the gateway took it, and said later that it failed.
 */
export interface ReplyNote {
  kind: 'reply';
  batchId: string;
  /** Which of the batch's replies, from 0. */
  reply: number;
  state: 'sent' | 'logged' | 'unknown' | 'unsent' | 'refused' | 'undelivered';
  gateway: string;
  error?: string;
}

/** A message that was not stored, or that is none. */
export interface IgnoredNote {
  kind: 'ignored';
  reason: string;
  gateway: string;
  messageId: string | null;
}

/** An edit or a revocation, with what it did; edits of pending messages stand with the message itself. */
export interface ChangeNote {
  kind: 'edit' | 'revoke';
  outcome: string;
  /** The message that was to be changed. */
  targetId: string;
}

/** A human answers in the bot's place, and what that did to the pending messages; `released`: no longer. */
export interface TakeoverNote {
  kind: 'takeover';
  did: 'held' | 'cleared' | 'released' | 'nothing';
  /** `status`: the gateway says who answers. `handover`: the bot has asked for it. Left out: a colleague has answered. */
  why?: 'status' | 'handover';
  /** How long it holds, only where it does. */
  forMs?: number;
}

/** An operator holds the conversation, or lets it go. */
export interface HoldNote {
  kind: 'hold';
  isHeld: boolean;
  /** ms since the epoch; null: until it is released. */
  until: number | null;
  /** The name of the operator's key; null if it has none. */
  by: string | null;
}

/** An operator mutes the bot, or lets it speak. */
export interface MuteNote {
  kind: 'mute';
  isMuted: boolean;
  /** ms since the epoch; null: until it is unmuted. */
  until: number | null;
  by: string | null;
}

/** Anything else that an operator did to the conversation. */
export interface OperatorNote {
  kind: 'operator';
  /** A verb: `flush`, `clear`, `redrive`, `replay`, `done`, `discard`, `block`, `unblock`, `forget`. */
  act: string;
  by: string | null;
  batchId?: string;
  /** What it did, in a few words, such as `4 messages`. */
  detail?: string;
}
