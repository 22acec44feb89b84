import { defineSettings, Flag, Whole } from '@app/config';

/** One customer is answered by any worker. */
const SHARED = { sharedBy: ['worker'] } as const;

/** How the bot's replies look in a chat. */
export class RepliesVariables {
  @Flag(
    "With `false`, Markdown is not translated and replies are only split; otherwise it becomes the channel's own notation.",
    { ...SHARED, company: 'replies.markdown' },
  )
  REPLY_MARKDOWN = true;

  @Flag('With `true`, each paragraph of a reply is a message of its own, up to 12 of them.', {
    ...SHARED,
    company: 'replies.bubbles',
  })
  REPLY_BUBBLES = false;

  @Whole(
    'How fast the messages of one answer follow each other: each waits, under a typing indicator, as long as a person takes to write it, up to 8 s each and 60 s together; 0: none waits.',
    { unit: 'characters per second', min: 0, max: 1_000, ...SHARED, company: 'replies.pace' },
  )
  REPLY_PACE = 0;
}

export const repliesSettings = defineSettings('replies', RepliesVariables, (env) => ({
  readsMarkdown: env.REPLY_MARKDOWN,
  byBlock: env.REPLY_BUBBLES,
  /** Characters per second; 0: the messages of an answer follow each other at once. */
  pace: env.REPLY_PACE,
}));
