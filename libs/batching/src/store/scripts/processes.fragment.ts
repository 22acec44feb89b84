import type { Unit } from './define-script';
import type { Fragment } from './fragment';

/** The keys under which processes show themselves. */
export const PROCESS_KEYS = ['processes', 'cards'] as const;

/** What every script on processes must know to say who is alive. */
export const PROCESS_ARGS = { nowMs: 'ms', aliveMs: 'ms' } as const satisfies Record<string, Unit>;

/** Who is alive: id, time when last seen, card. A time ahead of now was set before the clock went back, or is of now. */
export const ALIVE: Fragment = {
  name: 'ALIVE',
  needs: ['now', 'aliveMs', 'processes', 'cards'],
  gives: ['isRecent', 'aliveProcesses', 'asReply'],
  lua: `
local function isRecent(time)
  return math.abs(now - time) <= aliveMs
end
local function aliveProcesses()
  local found = {}
  local from, to = string.format('%d', now - aliveMs), string.format('%d', now + aliveMs)
  local scored = redis.call('ZRANGEBYSCORE', processes, from, to, 'WITHSCORES')
  for i = 1, #scored, 2 do
    local card = redis.call('HGET', cards, scored[i])
    if card then found[#found + 1] = { scored[i], tonumber(scored[i + 1]), card } end
  end
  return found
end
local function asReply(found)
  local reply = {}
  for _, process in ipairs(found) do
    local id, seenAt, text = unpack(process)
    reply[#reply + 1] = id
    reply[#reply + 1] = math.max(0, now - seenAt)
    reply[#reply + 1] = text
  end
  return reply
end
`,
};

/** A process as its heartbeat left it. */
export interface SeenProcess {
  id: string;
  /** ms since it was seen. */
  ageMs: number;
  card: string;
}

/** What `asReply` returns: flat triples. */
export function seenProcesses(raw: unknown): SeenProcess[] {
  const flat = raw as (string | number)[];
  return Array.from({ length: flat.length / 3 }, (_, i) => {
    const [id, ageMs, card] = flat.slice(3 * i, 3 * i + 3) as [string, number, string];
    return { id, ageMs, card };
  });
}
