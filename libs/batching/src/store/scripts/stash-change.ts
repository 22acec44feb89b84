import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { REMEMBERED } from './remembered.fragment';

/** `moved`: the message has come meanwhile, or another change has; look again. */
export type StashReply = 'kept' | 'moved';

/** An edit or a revocation that came before its message, kept for as long as a duplicate is recognised. */
export const stashChange = defineScript({
  name: 'stashChange',
  does: 'Keeps a change for a message that has not come yet.',
  keys: ['seen', 'change'],
  args: { nowMs: 'ms', known: 'text', value: 'text', keepMs: 'ms' },
  fragments: [CLOCK, REMEMBERED],
  body: `
if remembered(redis.call('GET', seen)) then return 'moved' end
if (remembered(redis.call('GET', change)) or '') ~= known then return 'moved' end
redis.call('SET', change, string.format('%d ', now + keepMs) .. value, 'PX', keepMs)
return 'kept'
`,
  reply: (raw) => raw as StashReply,
});
