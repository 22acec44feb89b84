import { z } from 'zod';

/** A day, as the model must write it. */
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('YYYY-MM-DD; work “tomorrow” out from the present time');

/** A time of day. */
export const time = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/)
  .describe('HH:MM');

export const service = z
  .string()
  .min(1)
  .max(200)
  .describe('what is wanted, in the customer’s words or as a title');

export const staff = z
  .string()
  .min(1)
  .max(100)
  .describe('a name; "last" for whom the customer was with last; "any" if they do not mind');

export const recordId = z.number().int().describe('from list_my_bookings');
