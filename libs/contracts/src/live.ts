import type { CompanyId } from './conversation';
import type { Channel } from './customer-kind';
import type { Finding } from './finding';

/**
 * Why a conversation that holds messages is not answered yet. `silence`: its customer may go on writing. `early-start`: the same,
 * but the bot is called before the silence is over. `typing`: the customer types. `transcript`: it waits for the words of a voice note. `longest-wait`: they do not stop, and the
 * longest wait will end it. `full`, `flushed`: it is due at once, because it is full, or an operator said so. `held`: a human has
 * answered, or an operator holds it. `slowed`: more than `MAX_MESSAGES_PER_MINUTE` came, and their minute is not over. `paused`: its time has come, and hand-off is paused. `due`: its time has come, and no batcher has taken it. `hand-off`: a batcher is putting it on the queue. `queued`:
 * it is on the queue. `bot`: the bot has it.
 */
export type LiveWait =
  | 'silence'
  | 'early-start'
  | 'typing'
  | 'transcript'
  | 'longest-wait'
  | 'full'
  | 'flushed'
  | 'held'
  | 'slowed'
  | 'paused'
  | 'due'
  | 'hand-off'
  | 'queued'
  | 'bot';

/** How a customer writes, where that chose the silence: of so many turns, so many were split into several messages. */
export interface Habit {
  level: 'min' | 'normal' | 'max';
  splits: number;
  turns: number;
}

/** A conversation that holds messages, as the live page lists it. Times are ms since the epoch, by Redis's clock. */
export interface LiveWindow {
  conversationId: string;
  /** Digits; null if the customer's id is no phone. */
  phone: string | null;
  channel: Channel;
  companyId: CompanyId | null;
  /** Its messages, those at the bot included. */
  size: number;
  /** Of those, the ones that came too late for the batch at the bot. */
  behind: number;
  waits: LiveWait;
  /** When this waiting began; null if it is not known. */
  since: number | null;
  /** When it ends at the latest; null if nobody knows. */
  until: number | null;
  /** Of one that is still filling: the silence that ends it, ms, and what its customer's habit says; null otherwise. */
  silenceMs: number | null;
  habit: Habit | null;
  /** The bot answers none of it: an operator has muted it, or switched it off for the company. */
  isMuted: boolean;
  /** The batch at the bot is a draft: a further message supersedes it. */
  isDraft: boolean;
}

/** A company whose bot an operator has switched off. */
export interface BotOff {
  /** `-`: the conversations without a company. */
  company: string;
  /** ms since the epoch */
  at: number;
  /** The name of the operator's key. */
  by: string;
}

/** Everything that the live page's strip shows. Times are ms since the epoch. */
export interface LiveState {
  environment: string;
  version: string;
  /** Live processes by role. */
  processes: Record<string, number>;
  findings: Finding[];
  /** Why Redis cannot be read; null while it can. What follows is then as it was last seen. */
  trouble: string | null;
  /** Conversations that hold messages, and those messages. */
  open: number;
  messages: number;
  /** Conversations with a batch at the bot, or on its way there. */
  turns: number;
  deadLetters: { batcher: number; worker: number };
  pausedSince: number | null;
  /** `none`: the workers print merged messages, because no bot is configured; null: no live worker says. */
  bot: 'some' | 'none' | null;
  /** An older version does not send them. */
  botsOff?: BotOff[];
  /** How long the bot usually takes, ms; null if it is not known. */
  botMs: number | null;
  /** The silence that ends a window, ms. */
  quietMs: number;
  /** The bot is called with drafts, while the window is open. An older version does not say. */
  hasDrafts?: boolean;
}

/** All that the live page shows: the first event of its stream, and again after every interruption. */
export interface LiveSnapshot {
  /** Redis's clock, ms since the epoch. */
  at: number;
  state: LiveState;
  /** Those that are due soonest, and those at the bot. */
  windows: LiveWindow[];
  /** How many more conversations hold messages. */
  more: number;
}

/** What has changed since the event before. */
export interface LiveChange {
  at: number;
  /** Only if one of its fields changed. */
  state?: LiveState;
  /** New ones, and those that changed. */
  set: LiveWindow[];
  /** Conversations that are no longer listed. */
  gone: string[];
  more: number;
}
