import { defineScript } from './define-script';
import { CLOCK } from './fragments';

/** `stale`: another worker has the turn, or it is over. `already`: this reply was given to its sender before. */
export type ClaimReplyOutcome = 'send' | 'already' | 'stale';

/** The right to send one reply of a batch, given once: a reply sent twice is worse than one that an operator resends. */
export const claimReply = defineScript({
  name: 'claimReply',
  does: 'Lets one reply of a batch be sent, once, by the worker that has the turn.',
  keys: ['state', 'replies'],
  args: { nowMs: 'ms', token: 'text', reply: 'text', keepMs: 'ms' },
  fragments: [CLOCK],
  body: `
if token ~= '' and redis.call('HGET', state, 'turnToken') ~= token then return 'stale' end
if redis.call('HSETNX', replies, reply, now) == 0 then return 'already' end
redis.call('PEXPIRE', replies, keepMs)
return 'send'
`,
  reply: (raw) => raw as ClaimReplyOutcome,
});
