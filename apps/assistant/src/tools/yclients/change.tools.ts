import { z } from 'zod';
import { defineTool, type Tool } from '../tool';
import type { Bookings, YClientsRecord } from './bookings';
import { type Choices, isUnsettled } from './choice';
import { date, recordId, time } from './inputs';
import { nearest } from './nearest';
import { plannedMove, type PlannedMove } from './planned';
import type { Promises } from './promises';

/** Shows the customer's own bookings: whose they are comes from the call, so no other's can be seen. */
export function listMyBookings(bookings: Bookings, today: () => string): Tool {
  return defineTool({
    name: 'list_my_bookings',
    description: 'The customer’s bookings from today on.',
    input: z.object({}),
    run: async (_, { phone }, signal) => ({
      bookings: phone === null ? [] : (await bookings.of(phone, today(), signal)).map(shown),
    }),
  });
}

/** Plans a move of a booking of this customer; it is moved once the answer is committed. */
export function moveBooking(
  bookings: Bookings,
  choices: Choices,
  promises: Promises,
  today: () => string,
): Tool {
  const name = 'move_booking';
  return defineTool({
    name,
    description: 'Moves one of the customer’s bookings to another time.',
    input: z.object({ recordId, date, time }),
    run: async (wanted, draft, signal) => {
      const own = await ownBooking(bookings, draft.phone, wanted.recordId, today(), signal);
      if (!own) return { problem: 'the customer has no such booking' };
      const service = own.services[0]?.title ?? '';
      const choice = await choices.settle({ service, staff: own.staff?.name ?? 'any' }, {}, signal);
      if (isUnsettled(choice)) return choice;
      const free = await choices.freeTimes(choice, wanted.date, signal);
      const slot = free.find((each) => each.time === wanted.time.padStart(5, '0'));
      if (!slot)
        return { problem: 'that time is taken', free: nearest(free, wanted.time).map((each) => each.time) };
      const planned: PlannedMove = {
        recordId: own.id,
        service: { id: choice.service.id, title: choice.service.title },
        staff: slot.staff,
        date: wanted.date,
        time: slot.time,
        datetime: slot.datetime,
        lengthS: slot.lengthS,
        words: draft.words,
      };
      draft.plan(`record ${own.id}`, { tool: name, input: planned });
      return { planned: { date: wanted.date, time: slot.time, staff: slot.staff.name } };
    },
    perform: (input) => {
      const planned = plannedMove.parse(input);
      return promises.move(planned.recordId, planned);
    },
  });
}

/** Plans a cancellation, if the customer has confirmed it: the first call only makes the model ask. */
export function cancelBooking(bookings: Bookings, promises: Promises, today: () => string): Tool {
  const name = 'cancel_booking';
  return defineTool({
    name,
    description: 'Cancels one of the customer’s bookings, after they were asked and said yes.',
    input: z.object({ recordId }),
    run: async (wanted, draft, signal) => {
      const own = await ownBooking(bookings, draft.phone, wanted.recordId, today(), signal);
      if (!own) return { problem: 'the customer has no such booking' };
      const question = `cancel ${own.id}`;
      if (!draft.wasAsked(question)) {
        draft.ask(question);
        return {
          problem: 'ask the customer whether this booking is really to be cancelled',
          booking: shown(own),
        };
      }
      draft.plan(`record ${own.id}`, { tool: name, input: { recordId: own.id } });
      return { planned: { cancelled: shown(own) } };
    },
    perform: (input) => promises.cancel(z.object({ recordId }).parse(input).recordId),
  });
}

async function ownBooking(
  bookings: Bookings,
  phone: string | null,
  wanted: number,
  today: string,
  signal: AbortSignal,
): Promise<YClientsRecord | undefined> {
  if (phone === null) return undefined;
  return (await bookings.of(phone, today, signal)).find(({ id }) => id === wanted);
}

function shown({ id, services, staff, datetime }: YClientsRecord): object {
  return { recordId: id, service: services[0]?.title, staff: staff?.name, at: datetime };
}
