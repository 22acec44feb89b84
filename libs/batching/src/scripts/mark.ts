import { defineScript } from './define-script';
import { CLOCK } from './fragments';
import { ALIVE } from './processes.fragment';

export interface MarkReply {
  /** `ours`: it is, or was free and now is; `replaced`: it was another's that has left. */
  outcome: 'ours' | 'replaced' | 'allowed' | 'foreign';
  /** The environment that was found. */
  marked: string;
  /** Conversations that hold a message. */
  pending: number;
  /** Processes of the environment that was found. */
  alive: number;
}

/** Which environment a Redis belongs to. A mark just set stands as long as a heartbeat, for its process has none yet. */
export const mark = defineScript({
  name: 'mark',
  does: 'Marks a Redis as an environment’s, unless another uses it.',
  keys: ['mark', 'directory', 'processes', 'cards'],
  args: { nowMs: 'ms', environment: 'text', allowed: 'text', aliveMs: 'ms' },
  fragments: [CLOCK, ALIVE],
  body: `
local marked, at = unpack(redis.call('HMGET', mark, 'environment', 'at'))
local found = marked or environment
local pending = redis.call('ZCARD', directory)
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
if outcome == 'ours' or outcome == 'replaced' then
  redis.call('HSET', mark, 'environment', environment, 'at', now)
end
return { outcome, found, pending, alive }
`,
  reply: (raw): MarkReply => {
    const [outcome, marked, pending, alive] = raw as [MarkReply['outcome'], string, number, number];
    return { outcome, marked, pending, alive };
  },
});
