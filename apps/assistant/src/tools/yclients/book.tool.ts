import { z } from 'zod';
import type { ActOutcome } from '../act-outcome';
import { defineTool, type Tool } from '../tool';
import { type Choices, isUnsettled } from './choice';
import { date, service, staff, time } from './inputs';
import { nearest } from './nearest';
import { plannedBooking, type PlannedBooking } from './planned';
import type { Promises } from './promises';

const name = 'book';

/** Plans a booking; it is made once the answer is committed. */
export function book(choices: Choices, promises: Promises): Tool {
  return defineTool({
    name,
    description:
      'Books a service. Call it as soon as service, day and time are known; ask for what is missing instead of guessing.',
    input: z.object({ service, staff, date, time }),
    run: async (wanted, draft, signal) => {
      if (draft.phone === null) return { problem: 'ask the customer for their phone number, then hand over' };
      const choice = await choices.settle(wanted, draft.memory.preferences, signal);
      if (isUnsettled(choice)) return choice;
      const free = await choices.freeTimes(choice, wanted.date, signal);
      const slot = free.find((each) => each.time === padded(wanted.time));
      if (!slot)
        return { problem: 'that time is taken', free: nearest(free, wanted.time).map((each) => each.time) };
      const planned: PlannedBooking = {
        service: { id: choice.service.id, title: choice.service.title },
        staff: slot.staff,
        date: wanted.date,
        time: slot.time,
        datetime: slot.datetime,
        lengthS: slot.lengthS,
        phone: draft.phone,
        customerName: draft.knownName ?? draft.phone,
        words: draft.words,
      };
      draft.plan(name, { tool: name, input: planned });
      draft.prefer({ staff: planned.staff, service: planned.service });
      return {
        planned: {
          service: planned.service.title,
          staff: slot.staff.name,
          date: wanted.date,
          time: slot.time,
        },
      };
    },
    perform: (input, key): Promise<ActOutcome> => promises.book(plannedBooking.parse(input), key),
  });
}

/** YClients writes `9:00` as `09:00` in some branches and `9:00` in others. */
function padded(given: string): string {
  return given.padStart(5, '0');
}
