import type { EditMark, FlushReason, Transcript, WindowReport } from '@app/contracts';

/** The limits that the model and the system under test share. */
export interface Limits {
  quietMs: number;
  maxWaitMs: number;
  maxSize: number;
  maxBytes: number;
  maxPending: number;
  maxPendingBytes: number;
  leaseMs: number;
  horizonMs: number;
  dedupTtlMs: number;
  turnMaxMs: number;
  askAfterMs: number;
  maxTurnsPerHour: number;
  maxPerMinute: number;
  maxSupersedes: number;
  /** Null: what comes while a batch is at the bot makes the next batch. */
  supersede: { startMs: number } | null;
  /** False: `quietMs` for every customer. */
  byHabit: { minMs: number; maxMs: number } | false;
}

export interface ModelMessage {
  id: string;
  seq: number;
  receivedAt: number;
  bytes: number;
  text: string;
  isStale: boolean;
  /** Until when it waits for its transcript; 0: it waits for none. */
  awaits: number;
  edited?: EditMark;
  transcript?: Transcript;
}

/** An edit that waits for its message. */
export interface ModelEdit {
  text: string | null;
  mark: EditMark;
}

export interface ModelClaim {
  batchId: string;
  token: string | null;
  leaseUntil: number;
  attempt: number;
  failures: number;
  reason: FlushReason;
  messages: ModelMessage[];
  openedAt: number;
  /** The silence that it waited for; null where no habit chose it. */
  window: WindowReport | null;
  /** How many split turns it shows; null: it says nothing of its customer's habit. */
  shows: number | null;
  /** Of a draft: when its answer may be committed at the earliest. */
  answerAt: number | null;
  /** A draft whose job is on the queue: it has no lease. */
  isAtBot: boolean;
}

export interface ModelTurn {
  batchId: string;
  /** The alias whose batch it is; null if it is the conversation's own. */
  of: string | null;
  /** Null until a worker begins. */
  token: string | null;
  /** When the queue must be asked. */
  until: number;
  /** When a worker was first known to work on it; null while it waits. */
  began: number | null;
  /** When its first message came; null where it is an alias's. */
  openedAt: number | null;
}

/** The limits that a conversation goes by, as its company's latest message has brought them. */
export type OwnLimits = Pick<Limits, 'maxSize' | 'maxWaitMs' | 'maxSupersedes'>;

/** The model of one conversation; a claim's messages are no longer in `window`. */
export interface ModelConversation {
  companyId: string;
  /** Null: those of every process. */
  limits: OwnLimits | null;
  seq: number;
  window: ModelMessage[];
  openedAt: number;
  quietUntil: number;
  /** Why its silence is as long as it is, where a habit chose it. */
  why: string;
  /** It goes on with the turn of the batch before it. */
  goesOn: boolean;
  /** When the bot is called with a draft; 0: when the window is over. */
  startAt: number;
  /** The batches that its messages, or those of its claim, were in. */
  replaced: string[];
  /** The end of the minute for which it waits, because too many came in it; 0: it does not. */
  slowedUntil: number;
  dueUpTo: number;
  dueReason: FlushReason;
  typingUntil: number;
  /** Until when its messages wait for their transcripts; 0: they wait for none. */
  awaitsUntil: number;
  heldUntil: number;
  mutedUntil: number;
  blockedUntil: number;
  /** Since when turns are counted, and how many there were. */
  hour: { beganAt: number; turns: number } | null;
  /** The minute in which messages are counted, and how many there were. */
  minute: { endsAt: number; messages: number };
  claim: ModelClaim | null;
  turn: ModelTurn | null;
  /** The batch that a sweep put on the queue last, if another may follow it there. */
  latest: string | null;
  /** The claimed batch, if its turn is over before it is settled. */
  done: string | null;
  habit: { turns: number; splits: number };
  /** When the bot last answered; 0: something has come since. */
  answeredAt: number;
}

export interface ModelDeadLetter {
  conversation: string;
  replaced: string[];
  claim: ModelClaim;
}

export function bytesOf(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Both keep their own order, even if the clock went back between two messages. */
export function inOrderOfArrival(
  own: readonly ModelMessage[],
  others: readonly ModelMessage[],
): ModelMessage[] {
  const [first, ...rest] = own;
  const [other, ...otherRest] = others;
  if (!first || !other) return [...own, ...others];
  return first.receivedAt <= other.receivedAt
    ? [first, ...inOrderOfArrival(rest, others)]
    : [other, ...inOrderOfArrival(own, otherRest)];
}

/** Everything a conversation holds, claimed first. */
export function heldBy(c: ModelConversation): ModelMessage[] {
  return [...(c.claim?.messages ?? []), ...c.window];
}

/** I3: the ids in the order in which the bot reads them: that of arrival, because no message in company has its own time. */
export function idsInOrder(messages: readonly ModelMessage[]): string[] {
  return [...messages].sort((a, b) => a.seq - b.seq).map(({ id }) => id);
}

/** Without messages there is nothing to wait for, and nothing superseded that could be named. */
export function dropWindow(c: ModelConversation): void {
  c.window = [];
  c.slowedUntil = 0;
  c.typingUntil = 0;
  c.awaitsUntil = 0;
  if (!c.claim) c.replaced = [];
}

/** A conversation without any data. */
export function freshConversation(companyId: string): ModelConversation {
  return {
    companyId,
    limits: null,
    seq: 0,
    window: [],
    openedAt: 0,
    quietUntil: 0,
    why: '',
    goesOn: false,
    startAt: 0,
    replaced: [],
    slowedUntil: 0,
    dueUpTo: 0,
    dueReason: 'manual',
    typingUntil: 0,
    awaitsUntil: 0,
    heldUntil: 0,
    mutedUntil: 0,
    blockedUntil: 0,
    hour: null,
    minute: { endsAt: 0, messages: 0 },
    claim: null,
    turn: null,
    latest: null,
    done: null,
    habit: { turns: 0, splits: 0 },
    answeredAt: 0,
  };
}
