import type { FlushReason, WindowReport } from '../merged-message';
import type { Media, MissingWords } from '../stored-message';
import type { KeptNote } from './timeline-note';

/** One thing that happened to a conversation. */
export type TimelineEntry = (
  KeptNote | Placed<MessageEntry | EditEntry | TranscriptEntry | BatchEntry | ReplyEntry | SteeredEntry>
) & {
  /** The words of a reply, as far as its job is kept. */
  text?: string;
};

type Placed<T> = T & {
  /** ms since the epoch, by Redis's clock; of what is so at present, now. */
  at: number;
  conversationId: string;
};

/** A fragment, at the time of its arrival. */
export interface MessageEntry {
  kind: 'message';
  messageId: string | null;
  type: string;
  text: string;
  media: Media | null;
  /** The sender's clock, ms since the epoch. */
  timestamp: number;
  /** From the arrival of the fragment before it; null for the first that is known. */
  gapMs: number | null;
  /** The batch that holds it, of several the last; null while it waits. */
  batchId: string | null;
}

/** The edit that a fragment carries, at the sender's time. */
export interface EditEntry {
  kind: 'edit';
  targetId: string | null;
  /** `unreadable`: the edit is encrypted, and the earlier text stands. */
  outcome: 'edited' | 'unreadable';
  text: string;
}

/** Why a voice note that was to have words has none, at the time of its arrival. */
export interface TranscriptEntry {
  kind: 'transcript';
  messageId: string | null;
  reason: MissingWords;
}

/**
 * What the messages of an open window wait for. `bot`: the end of the turn before them. `claimed`: a batcher is handing them
 * off. `transcript`: the words of a voice note. `held`: a human has answered, or an operator holds them. `slowed`: the end of a minute in which more than
 * `MAX_MESSAGES_PER_MINUTE` came. `due`: a batcher's next look.
 */
export type WaitsFor =
  | 'silence'
  | 'typing'
  | 'transcript'
  | 'held'
  | 'slowed'
  | 'paused'
  | 'bot'
  | 'claimed'
  | 'due'
  | 'set-aside';

/**
 * What a batch on the queue waits for. `worker`: none has begun it. `bot`: its answer. `reply`: that which the bot has promised. `bot-away`, `retry`: another call.
 * `turn`: the batch before it. `window`: its answer is there, and waits for the end of the window, or for the next reply's time.
 */
export type Awaits = 'worker' | 'bot' | 'reply' | 'bot-away' | 'retry' | 'turn' | 'window';

/**
 * A step of a batch. `filling`: its window is open. `handed-off`: it is on the queue. `waiting`: it is there still, not
 * ended. `superseded`, `muted`, `late`: it ended without an answer, because a later batch has its messages, the bot is muted, or the
 * conversation went on.
 */
export interface BatchEntry {
  kind: 'batch';
  state: 'filling' | 'handed-off' | 'waiting' | 'superseded' | 'muted' | 'late' | 'dead-letter';
  /** Null while the window is open. */
  batchId: string | null;
  /** How many it holds. */
  messages: number;
  /** Of a batch handed off: what ended its window. */
  reason?: FlushReason;
  /** The silence that it waited for, and why. */
  window?: WindowReport;
  /** From the arrival of its first and of its last message to the hand-off. */
  openMs?: number;
  silenceMs?: number;
  /** False: a draft, which further messages may supersede. */
  final?: boolean;
  supersedes?: string[];
  replayOf?: string;
  /** Of an open window. */
  waitsFor?: WaitsFor;
  /** When it is due, ms since the epoch; null while that depends on something else. */
  dueAt?: number | null;
  /** Of a batch on the queue. */
  awaits?: Awaits;
  /** Since when it awaits the bot, or its reply, ms since the epoch. */
  since?: number;
  /** Of a dead letter. */
  stage?: 'batcher' | 'worker';
  /** The latest error. */
  error?: string;
}

/** What became of a reply, as its job says it: nothing was noted of it. */
export interface ReplyEntry {
  kind: 'reply';
  batchId: string;
  reply: number;
  state: string;
  gateway: string;
}

/**
 * Nothing of the conversation is handed off at present, or the bot is not called, whoever asked for that. `company`: it is
 * switched off for this one.
 */
export type SteeredEntry = (
  { kind: 'hold'; isHeld: true } | { kind: 'mute'; isMuted: true; company?: string }
) & {
  /** ms since the epoch; null: until an operator ends it. */
  until: number | null;
  by: null;
  /** Always true: it is so now. */
  isNow: true;
};
