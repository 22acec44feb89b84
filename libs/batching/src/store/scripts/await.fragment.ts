import type { Fragment } from './fragment';

/** How long a conversation that no worker looks at is named as waiting, ms: far longer than any transcript is waited for. */
const NAMED_FOR_MS = 3_600_000;

/** Names the conversation to the workers that transcribe; one that has it in hand looks again by itself. */
export const AWAIT: Fragment = {
  name: 'AWAIT',
  needs: ['awaited', 'conversation', 'now', 'tidy'],
  gives: ['await'],
  lua: `
local function await()
  tidy('ZREMRANGEBYSCORE', awaited, '-inf', now - ${NAMED_FOR_MS})
  tidy('ZADD', awaited, 'NX', now, conversation)
end
`,
};
