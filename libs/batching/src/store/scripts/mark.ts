import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { ALIVE } from './processes.fragment';

export interface MarkReply {
  /** `ours`: it is, or was free and now is; `replaced`: it was another's that has left; `divided`: otherwise than asked. */
  outcome: 'ours' | 'replaced' | 'allowed' | 'foreign' | 'divided';
  /** The environment that was found. */
  marked: string;
  /** Conversations that hold a message. */
  pending: number;
  /** Processes of the environment that was found. */
  alive: number;
  /** Into so many it is divided. */
  partitions: number;
}

/** Which environment a Redis belongs to. A mark just set stands as long as a heartbeat, for its process has none yet. */
export const mark = defineScript({
  name: 'mark',
  does: 'Marks a Redis as an environment’s, unless another uses it.',
  keys: ['mark', 'directory', 'processes', 'cards'],
  args: {
    nowMs: 'ms',
    environment: 'text',
    allowed: 'text',
    aliveMs: 'ms',
    partitions: 'count',
    pendingElsewhere: 'count',
  },
  fragments: [CLOCK, ALIVE],
  body: `
local marked, at, divided = unpack(redis.call('HMGET', mark, 'environment', 'at', 'partitions'))
local found = marked or environment
-- Marked by a version that knew one partition only.
local parts = tonumber(divided or marked and 1 or partitions)
local pending = redis.call('ZCARD', directory) + pendingElsewhere
local alive = 0
for _, process in ipairs(aliveProcesses()) do
  -- As JSON.stringify writes it. A card of another shape is not found, and so keeps nobody from starting.
  if string.find(process[3], '"environment":"' .. found .. '"', 1, true) then alive = alive + 1 end
end
local fresh = marked and isRecent(tonumber(at))
local outcome = 'ours'
if found ~= environment then
  local left = pending == 0 and alive == 0 and not fresh
  -- A guest leaves the mark as it is, or its host would be locked out.
  outcome = found == allowed and 'allowed' or left and 'replaced' or 'foreign'
end
if outcome ~= 'foreign' and parts ~= partitions then outcome = 'divided' end
if outcome == 'ours' or outcome == 'replaced' then
  redis.call('HSET', mark, 'environment', environment, 'at', now, 'partitions', partitions)
end
return { outcome, found, pending, alive, parts }
`,
  reply: (raw): MarkReply => {
    const [outcome, marked, pending, alive, partitions] = raw as [
      MarkReply['outcome'],
      string,
      number,
      number,
      number,
    ];
    return { outcome, marked, pending, alive, partitions };
  },
});
