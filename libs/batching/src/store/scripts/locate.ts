import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { REMEMBERED } from './remembered.fragment';

export interface Located {
  /** Redis's time, ms. */
  now: number;
  /** The conversation in which the message was stored; null where its id is not known, or no longer. */
  conversationId: string | null;
  /** Who wrote it, where that is not the conversation's customer: a person in a group that is one conversation. */
  author: string | null;
  /** What an edit or a revocation has left for the message; see `stashChange`. */
  change: string | null;
}

/** A look at what is known of one message id; it changes nothing. */
export const locate = defineScript({
  name: 'locate',
  does: 'Says in which conversation a message was stored, and what has been left for it.',
  keys: ['seen', 'change'],
  args: { nowMs: 'ms' },
  fragments: [CLOCK, REMEMBERED],
  body: `
return { now, remembered(redis.call('GET', seen)), remembered(redis.call('GET', change)) }
`,
  reply: (raw): Located => {
    const [now, whereAndWho, change] = raw as [number, string | null, string | null];
    const [conversationId, author] = (whereAndWho ?? '').split(' ');
    return { now, conversationId: conversationId || null, author: author ?? null, change };
  },
});
