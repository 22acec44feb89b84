import { z } from 'zod';

/** What is known of a customer for a day: who they are. */
export const customerFacts = z.object({ name: z.string().max(100) }).partial();

/** What is known of a customer for a month: what they prefer. Ids are those of the booking system. */
export const preferences = z
  .object({
    staff: z.object({ id: z.number().int(), name: z.string() }),
    service: z.object({ id: z.number().int(), title: z.string() }),
  })
  .partial();

export type CustomerFacts = z.infer<typeof customerFacts>;
export type Preferences = z.infer<typeof preferences>;

/** Something that a tool does outside, once the answer that promises it is committed. */
export const plannedAct = z.object({ tool: z.string(), input: z.unknown() });

export type PlannedAct = z.infer<typeof plannedAct>;

/** One exchange of a dialogue. */
export const exchange = z.object({
  /** When the customer wrote last, ms. */
  at: z.number(),
  /** What colleagues had written to the customer before. */
  colleagues: z.array(z.string()).optional(),
  customer: z.string(),
  assistant: z.string(),
  /** What the customer was asked to confirm, for the tools. */
  asked: z.array(z.string()).optional(),
});

export type Exchange = z.infer<typeof exchange>;

/** What a dialogue's older exchanges said, in short. */
export const summary = z.object({
  text: z.string(),
  /** Until which exchange it reaches: its `at`, ms. */
  until: z.number(),
});

export type Summary = z.infer<typeof summary>;

/**
 * What an answer leaves to be done and known. It travels with the answer, so nothing of a superseded one is ever done or known, and
 * comes back with the notice of its commit.
 */
export const turnPlan = z.object({
  exchange,
  acts: z.array(plannedAct),
  customer: customerFacts.optional(),
  preferences: preferences.optional(),
  summary: summary.optional(),
});

export type TurnPlan = z.infer<typeof turnPlan>;
