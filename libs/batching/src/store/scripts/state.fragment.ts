import type { Fragment } from './fragment';

/** What a conversation's state holds: numbering, window, claim, turn. Times are ms since the epoch. */
export interface ConversationState {
  /** Messages in the list. One that holds another number has been touched by somebody else. */
  size?: number;
  /** The number of the latest message. */
  seq?: number;
  /** The window: number and arrival of its first message, when silence ends, when the bot is called before that, bytes. */
  first?: number;
  opened?: number;
  quiet?: number;
  start?: number;
  typing?: number;
  /** Its messages wait for their transcripts until then at the latest. */
  awaits?: number;
  bytes?: number;
  /** Why its silence is as long as it is, where a habit chose it. */
  why?: string;
  /** Its first message came before, or just behind, the answer to the batch before it: it goes on with that turn. */
  goesOn?: boolean;
  /** Most messages, longest wait and supersedings, as its company's latest message brought them; none: those of every process. */
  limits?: [maxSize: number, maxWaitMs: number, maxSupersedes: number];
  /** More than `MAX_MESSAGES_PER_MINUTE` came within a minute: the window is due at its end at the earliest. */
  slowedUntil?: number;
  /** What was flushed: up to which number, and why. */
  dueUpTo?: number;
  dueReason?: string;
  /** The batches that later messages superseded, oldest first, separated by spaces: this window, or this batch, holds their messages. */
  replaced?: string;
  /** A human has answered, or an operator has held the conversation: nothing is claimed until then. */
  heldUntil?: number;
  /** Operators' orders, with when each ends: the bot is not called; what the customer writes is not stored. */
  mutedUntil?: number;
  blockedUntil?: number;
  /** The batch in hand: the first `count` messages of the list. With a lease it is claimed; without one it is a draft, at the bot. */
  batch?: string;
  token?: string;
  leaseUntil?: number;
  attempt?: number;
  failures?: number;
  count?: number;
  claimBytes?: number;
  claimOpened?: number;
  reason?: string;
  flushedAt?: number;
  /** A draft, which a later message may supersede until its answer is committed: when that may be at the earliest. */
  answerAt?: number;
  /** The silence that it waited for, ms, and why; how many split turns it shows. */
  window?: string;
  shows?: number;
  /** The claimed batch, where its turn was over before it was settled. */
  done?: string;
  /** The turn: its batch, of which alias, its worker's token, when to ask about it, since when it is worked on, and the arrival of its first message. */
  turn?: string;
  turnOf?: string;
  turnToken?: string;
  turnUntil?: number;
  turnBegan?: number;
  turnOpened?: number;
  /** Its answer may be sent, whatever comes. */
  turnCommitted?: boolean;
  /** Since when turns are counted, and how many a worker has ended since; none while they have no limit. */
  hourBegan?: number;
  hourTurns?: number;
  /** When the minute ends in which messages are counted, and how many have come in it; none while they have no limit. */
  minuteUntil?: number;
  minuteCount?: number;
  /** When the bot last answered: what comes just behind it came too late to be answered together. */
  answeredAt?: number;
  /** Of the latest turns: how many there were, and how many of them were split into several messages. */
  habitTurns?: number;
  habitSplits?: number;
}

/** Reads a state as it is. */
export const PEEK: Fragment = {
  name: 'PEEK',
  needs: [],
  gives: ['peek'],
  lua: `
local function peek(key)
  local packed = redis.call('GET', key)
  return packed and cmsgpack.unpack(packed) or {}, packed
end
`,
};

/** Reads a state together with its list, where both are as they should be; fails where one is not. */
export const LOAD: Fragment = {
  name: 'LOAD',
  needs: ['peek'],
  gives: ['load'],
  lua: `
local function load(list, key)
  local s, packed = peek(key)
  local size, claimed = redis.call('LLEN', list), s.count or 0
  if (s.size or 0) ~= size then
    error('its list holds ' .. size .. ' messages, its state knows of ' .. (s.size or 0))
  end
  if (s.batch ~= nil) ~= (claimed > 0) or claimed > size or claimed < size and not s.first or size > 0 and not s.seq then
    error('its state is damaged: it lacks the claim, the window or the numbering')
  end
  if s.batch and not s.leaseUntil and not (s.answerAt and s.turn == s.batch) then
    error('its state is damaged: its batch is neither claimed nor in its turn')
  end
  -- Each is read once, for arithmetic fails where one is a text, and the length of one that is none.
  local sum = (s.seq or 0) + (s.first or 0) + (s.opened or 0) + (s.quiet or 0) + (s.start or 0) + (s.typing or 0)
    + (s.awaits or 0) + (s.bytes or 0) + (s.dueUpTo or 0) + (s.heldUntil or 0) + (s.answeredAt or 0) + (s.hourBegan or 0) + (s.hourTurns or 0) + (s.mutedUntil or 0)
    + (s.blockedUntil or 0) + #(s.dueReason or '') + #(s.replaced or '')
  if s.minuteUntil or s.slowedUntil then sum = sum + (s.minuteUntil or 0) + (s.minuteCount or 0) + (s.slowedUntil or 0) end
  if s.limits then sum = sum + s.limits[1] + s.limits[2] + s.limits[3] end
  if s.batch then
    sum = sum + claimed + (s.leaseUntil or 0) + (s.attempt or 0) + (s.failures or 0) + (s.claimBytes or 0) + (s.claimOpened or 0)
      + (s.flushedAt or 0) + (s.answerAt or 0) + #s.batch + #(s.token or '') + #(s.reason or '') + #(s.done or '')
  end
  if s.turn then
    sum = sum + (s.turnUntil or 0) + (s.turnBegan or 0) + (s.turnOpened or 0) + #s.turn + #(s.turnOf or '') + #(s.turnToken or '')
  end
  if sum % 1 ~= 0 then error('its state is damaged: a number in it is a fraction') end
  return s, size, packed
end
`,
};
