import { defineScript } from './define-script';

/** `stale`: another worker has the turn, or it is over. `already`: somebody else was allowed to send this reply. */
export type ClaimReplyOutcome = 'send' | 'already' | 'stale';

/** The right to send one reply of a batch, given once: a reply sent twice is worse than one that an operator resends. */
export const claimReply = defineScript({
  name: 'claimReply',
  does: 'Lets one reply of a batch be sent, by one asker, while it has the turn.',
  keys: ['state', 'replies'],
  args: { nowMs: 'ms', token: 'text', reply: 'text', asker: 'text', keepMs: 'ms' },
  body: `
if token ~= '' and redis.call('HGET', state, 'turnToken') ~= token then return 'stale' end
-- Who asks again has not heard that it may.
if redis.call('HSETNX', replies, reply, asker) == 0 and redis.call('HGET', replies, reply) ~= asker then
  return 'already'
end
redis.call('PEXPIRE', replies, keepMs)
return 'send'
`,
  reply: (raw) => raw as ClaimReplyOutcome,
});
