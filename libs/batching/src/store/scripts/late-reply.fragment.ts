import type { Fragment } from './fragment';

/** The field of a job that keeps its late reply. */
export const LATE_REPLY_FIELD = 'rapid-fire-late-reply';

/** Stands there once no late reply is taken any more. */
export const CLOSED = 'closed';

export const LATE_REPLY: Fragment = {
  name: 'LATE_REPLY',
  needs: [],
  gives: ['lateReply', 'closed'],
  lua: `
local lateReply, closed = '${LATE_REPLY_FIELD}', '${CLOSED}'
`,
};
