import type { ConversationState } from './scripts/state.fragment';

/** What is left of a damaged conversation. */
export interface Remains {
  /** The elements of its list; none if its key has another type. */
  elements: readonly string[];
  /** The readable part of its state. */
  state: Readonly<Record<string, unknown>>;
}

/** The repaired conversation, made from what is left. */
export interface Rebuilt {
  elements: string[];
  state: ConversationState;
  /** Messages that its claim still holds; they may have been handed off. */
  claimed: number;
  /** Elements that are not messages of ours. */
  unreadable: number;
}

const HEAD = /^\{"seq":(\d+),"receivedAt":(\d+),"timestamp":-?\d+,/;

/** The fields of a claim, of a turn and of a habit, with a value of the right type for each. */
const CLAIM = {
  batch: '',
  token: '',
  reason: '',
  done: '',
  leaseUntil: 0,
  attempt: 0,
  failures: 0,
  claimOpened: 0,
  flushedAt: 0,
  answerAt: 0,
  window: '',
  shows: 0,
};
/** The batches that its messages were in, claimed or not. */
const SUPERSEDED = { replaced: '' };
/** What operators have ordered outlives a damage of what it is about. */
const ORDERS = { heldUntil: 0, mutedUntil: 0, blockedUntil: 0 };
const TURN = { turn: '', turnOf: '', turnToken: '', turnUntil: 0, turnBegan: 0, turnOpened: 0 };
const HABIT = { habitTurns: 0, habitSplits: 0 };

interface Found {
  element: string;
  seq: number;
  receivedAt: number;
}

/**
 * Repairs a conversation: keeps every readable message once, numbered upwards. A readable claim
 * keeps its batch and what is left of its messages, so that its job stays its job; the rest is due now.
 */
export function rebuild({ elements, state }: Remains): Rebuilt {
  const distinct = [...new Set(elements)];
  const found = distinct.flatMap((element) => parse(element) ?? []);
  const unreadable = distinct.length - found.length;
  const claimed = found.slice(0, claimedLength(found, state));
  const highest = Math.max(0, whole(state.seq) ?? 0, ...found.map(({ seq }) => seq));
  const window = renumbered(found.slice(claimed.length), claimed.at(-1)?.seq ?? 0, highest);
  const seq = Math.max(highest, window.at(-1)?.seq ?? 0);
  return {
    elements: [...claimed, ...window].map(({ element }) => element),
    state: {
      size: claimed.length + window.length,
      ...(seq > 0 && { seq }),
      ...claimOf(claimed, state),
      ...windowOf(window),
      ...(found.length > 0 && known(state, SUPERSEDED)),
      ...turnOf(state),
      ...known(state, ORDERS),
      ...known(state, HABIT),
    },
    claimed: claimed.length,
    unreadable,
  };
}

function parse(element: string): Found | null {
  const head = HEAD.exec(element);
  if (!head) return null;
  try {
    JSON.parse(element);
  } catch {
    return null;
  }
  return { element, seq: Number(head[1]), receivedAt: Number(head[2]) };
}

/** The claim covers what is before the window's first message; without a batch id, there is none. */
function claimedLength(found: readonly Found[], state: Remains['state']): number {
  if (typeof state.batch !== 'string') return 0;
  const count = whole(state.count) ?? 0;
  const first = whole(state.first) ?? Infinity;
  const behind = found.findIndex(({ seq }, i) => i >= count || seq >= first);
  return behind === -1 ? found.length : behind;
}

function claimOf(claimed: readonly Found[], state: Remains['state']): ConversationState {
  if (claimed.length === 0) return {};
  const unknown = { claimOpened: 0, flushedAt: 0, reason: 'manual' };
  const lease = isDraft(state) ? {} : { leaseUntil: 0, attempt: 1, failures: 0 };
  return {
    ...unknown,
    ...lease,
    ...known(state, CLAIM),
    count: claimed.length,
    claimBytes: bytesOf(claimed),
  };
}

/** True if the batch in hand is one whose job is on the queue, and which a message may supersede. */
export function isDraft({ batch, leaseUntil, answerAt, turn }: Remains['state']): boolean {
  return leaseUntil === undefined && whole(answerAt) !== undefined && turn === batch;
}

function windowOf(window: readonly Found[]): ConversationState {
  const [first] = window;
  if (!first) return {};
  return {
    first: first.seq,
    opened: first.receivedAt,
    quiet: 0,
    bytes: bytesOf(window),
    dueUpTo: window.at(-1)?.seq ?? first.seq,
    dueReason: 'manual',
  };
}

/** A turn without a time for its next check is checked now. */
function turnOf(state: Remains['state']): ConversationState {
  return typeof state.turn === 'string' ? { turnUntil: 0, ...known(state, TURN) } : {};
}

/** Keeps the numbers if they ascend after the claim; otherwise numbers anew, above every number that was ever given. */
function renumbered(window: readonly Found[], after: number, highest: number): Found[] {
  const ascends = window.every(({ seq }, i) => seq > (window[i - 1]?.seq ?? after));
  if (ascends) return [...window];
  return window.map(({ element, receivedAt }, i) => {
    const seq = highest + i + 1;
    return { element: element.replace(/^\{"seq":\d+/, `{"seq":${seq}`), seq, receivedAt };
  });
}

function bytesOf(found: readonly Found[]): number {
  return found.reduce((sum, { element }) => sum + Buffer.byteLength(element), 0);
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** The fields that have the right type. */
function known<T extends object>(state: Remains['state'], like: T): Partial<T> {
  const isRight = ([name, value]: [string, unknown]): boolean =>
    typeof value === 'number' ? whole(state[name]) !== undefined : typeof state[name] === 'string';
  return Object.fromEntries(
    Object.entries(like)
      .filter(isRight)
      .map(([name]) => [name, state[name]]),
  ) as Partial<T>;
}
