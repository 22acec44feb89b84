import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS } from './fragments';

/**
 * `learnAlias` where the two conversations are in different slots, which no script can touch at once: what the alias
 * holds, has at the bot or on its way there runs its course, so that nothing overtakes it, and then it forwards.
 */
export const forwardAlias = defineScript({
  name: 'forwardAlias',
  does: 'Makes an empty conversation the alias of another; one that is not empty stays as it is.',
  keys: [...CONVERSATION_KEYS, 'alias'],
  args: { ...CONVERSATION_ARGS, to: 'text', keepMs: 'ms' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION],
  body: `
local isEmpty = size == 0 and not s.batch and not s.turn
if isEmpty or redis.call('GET', alias) == to then redis.call('SET', alias, to, 'PX', keepMs) end
return 0
`,
  reply: (raw) => raw as number,
});
