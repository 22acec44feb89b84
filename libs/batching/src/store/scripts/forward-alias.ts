import { defineChange } from './define-change';

/**
 * `learnAlias` where the two conversations are in different slots, which no script can touch at once: what the alias
 * holds, has at the bot or on its way there runs its course, so that nothing overtakes it, and then it forwards. So do
 * orders for it: from then on nobody could end them.
 */
export const forwardAlias = defineChange({
  name: 'forwardAlias',
  does: 'Makes an empty conversation without orders the alias of another; any other stays as it is.',
  keys: ['alias'],
  args: { to: 'text', keepMs: 'ms' },
  body: `
local isEmpty = size == 0 and not s.batch and not s.turn
local isSteered = not hasCome(s.heldUntil or now) or (s.mutedUntil or 0) > now or (s.blockedUntil or 0) > now
if isEmpty and not isSteered or redis.call('GET', alias) == to then prepare(nil, 'SET', alias, to, 'PX', keepMs) end
return 0
`,
  reply: (raw) => raw as number,
});
