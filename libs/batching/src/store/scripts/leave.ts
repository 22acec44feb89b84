import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { ALIVE, PROCESS_ARGS, PROCESS_KEYS, seenProcesses } from './processes.fragment';

/** A clean shutdown. One step, so that of two that leave together exactly one finds itself the last. */
export const leave = defineScript({
  name: 'leave',
  does: 'Removes a process’s heartbeat and returns who is alive without it.',
  keys: PROCESS_KEYS,
  args: { ...PROCESS_ARGS, id: 'text' },
  fragments: [CLOCK, ALIVE],
  body: `
local others = {}
for _, process in ipairs(aliveProcesses()) do
  if process[1] ~= id then others[#others + 1] = process end
end
redis.call('ZREM', processes, id)
redis.call('HDEL', cards, id)
return asReply(others)
`,
  reply: seenProcesses,
});
