import { z } from 'zod';
import { date, recordId, time } from './inputs';

/** A place in the calendar as it is promised: all that YClients needs, by name. */
const slot = {
  service: z.object({ id: z.number().int(), title: z.string() }),
  staff: z.object({ id: z.number().int(), name: z.string() }),
  date,
  time,
  /** ISO 8601, as YClients said it. */
  datetime: z.string(),
  lengthS: z.number(),
  /** The customer's own, for the language of what they are told. */
  words: z.string(),
};

export const plannedBooking = z.object({ ...slot, phone: z.string(), customerName: z.string() });

export type PlannedBooking = z.infer<typeof plannedBooking>;

export const plannedMove = z.object({ ...slot, recordId });

export type PlannedMove = z.infer<typeof plannedMove>;
