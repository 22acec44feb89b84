import type { AssistantSettings } from '@app/settings';
import type { Tool } from '../tool';
import { book } from './book.tool';
import { Bookings } from './bookings';
import { cancelBooking, listMyBookings, moveBooking } from './change.tools';
import { Choices } from './choice';
import { findFreeTimes, listServices } from './look.tools';
import { Promises } from './promises';
import { Salon } from './salon';
import { YClientsClient } from './yclients.client';

/** The tools of a branch in YClients: what it offers, when, and the customer's bookings. */
export function yclientsTools(
  access: NonNullable<AssistantSettings['yclients']>,
  timeZone: string,
): readonly Tool[] {
  const client = new YClientsClient(access);
  const salon = new Salon(client);
  const bookings = new Bookings(client);
  const choices = new Choices(salon);
  const promises = new Promises(salon, bookings);
  // Of all locales, Sweden's writes a day as ISO 8601 does.
  const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(Date.now());
  return [
    listServices(salon),
    findFreeTimes(choices),
    book(choices, promises),
    listMyBookings(bookings, today),
    moveBooking(bookings, choices, promises, today),
    cancelBooking(bookings, promises, today),
  ];
}
