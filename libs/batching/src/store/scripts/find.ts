import { defineScript } from './define-script';
import { PEEK } from './state.fragment';

/** The conversation is an alias of `to`. */
export type Found = { elements: string[] } | { to: string };

/** A look at the messages of one id, of the window and of a draft: several only where two accounts of a company have used the same. */
export const find = defineScript({
  name: 'find',
  does: 'Returns the messages of one id that are not claimed, or where the conversation has moved to.',
  keys: ['messages', 'state', 'alias'],
  args: { nowMs: 'ms', idField: 'text' },
  fragments: [PEEK],
  body: `
local to = redis.call('GET', alias)
if to then return to end
local found, s = {}, peek(state)
for _, element in ipairs(redis.call('LRANGE', messages, s.leaseUntil and s.count or 0, -1)) do
  -- The first is the message's own: a message may carry another of the name only behind it.
  local start = string.find(element, '"messageId":', 1, true)
  if string.sub(element, start, start + #idField - 1) == idField then found[#found + 1] = element end
end
return found
`,
  reply: (raw): Found => (typeof raw === 'string' ? { to: raw } : { elements: raw as string[] }),
});
