import { z } from 'zod';
import { turnPlan } from '../turn/turn-plan';

const of = {
  batchId: z.string().min(1),
  turnId: z.string().min(1),
  conversationId: z.string().min(1),
  /** Digits; null if it is unknown. */
  phone: z.string().nullable(),
};

/** What the customer shows: a picture, or why it cannot be seen. */
const picture = z.union([
  z.object({ mimeType: z.string(), base64: z.string() }),
  z.object({ why: z.string() }),
]);

export type Picture = z.infer<typeof picture>;

/** A merged message, as the worker brings it (docs/bot.md). Fields that the assistant does not use are left out. */
export const mergedCall = z.object({
  ...of,
  text: z.string(),
  lastMessageAt: z.number(),
  /** What colleagues have written to the customer since the last answer. */
  colleagues: z.array(z.object({ text: z.string() })).default([]),
  /** Of its messages, in their order. */
  pictures: z.array(picture).default([]),
});

export type MergedCall = z.infer<typeof mergedCall>;

/** The answer to a call is committed: what it planned is to be done now. */
export const commitNotice = z.object({ ...of, type: z.literal('commit'), commit: turnPlan });

export type CommitNotice = z.infer<typeof commitNotice>;

/** An event that is no message. The assistant has nothing to say to it. */
const event = z.object({ eventId: z.string() });

/** What the worker posts; a commit notice first, because only that has a `type`. */
export const botCall = z.union([commitNotice, mergedCall, event]);

export type BotCall = z.infer<typeof botCall>;

/** What the assistant answers (docs/bot.md). */
export interface BotAnswer {
  reply?: string;
  commit?: CommitNotice['commit'];
  handover?: true;
}
