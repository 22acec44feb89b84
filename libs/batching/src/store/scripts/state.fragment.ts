import type { Fragment } from './fragment';

/** What a conversation's state holds: numbering, window, claim, turn. Times are ms since the epoch. */
export interface ConversationState {
  /** Messages in the list. One that holds another number has been touched by somebody else. */
  size?: number;
  /** The number of the latest message. */
  seq?: number;
  /** The window: number and arrival of its first message, when silence ends, bytes. */
  first?: number;
  opened?: number;
  quiet?: number;
  typing?: number;
  bytes?: number;
  /** What was flushed: up to which number, and why. */
  dueUpTo?: number;
  dueReason?: string;
  /** A human has answered: nothing is claimed until then. */
  heldUntil?: number;
  /** The claim: the first `count` messages of the list. */
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
  /** The claimed batch, where its turn was over before it was settled. */
  done?: string;
  /** The turn: its batch, of which alias, its worker's token, when to ask about it, since when it is worked on. */
  turn?: string;
  turnOf?: string;
  turnToken?: string;
  turnUntil?: number;
  turnBegan?: number;
}

/** Reads states: `peek` as they are; `load` together with the list, where both are as they should be. */
export const STATE: Fragment = {
  name: 'STATE',
  needs: [],
  gives: ['peek', 'load'],
  lua: `
local TEXTS = {
  batch = true, token = true, reason = true, dueReason = true, done = true, turn = true, turnOf = true, turnToken = true,
}
local function peek(key)
  local packed = redis.call('GET', key)
  return packed and cmsgpack.unpack(packed) or {}, packed
end
local function load(list, key)
  local s, packed = peek(key)
  local size, claimed = redis.call('LLEN', list), s.count or 0
  for field, value in pairs(s) do
    local isText = type(value) == 'string'
    if isText ~= (TEXTS[field] == true) or not isText and value % 1 ~= 0 then error('its state is damaged: ' .. field) end
  end
  if (s.size or 0) ~= size then
    error(string.format('its list holds %d messages, its state knows of %d', size, s.size or 0))
  end
  if (s.batch ~= nil) ~= (claimed > 0) or claimed > size or claimed < size and not s.first or size > 0 and not s.seq then
    error('its state is damaged: it lacks the claim, the window or the numbering')
  end
  return s, size, packed
end
`,
};
