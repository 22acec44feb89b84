import { z } from 'zod';
import { defineTool, type Tool } from '../tool';
import { type Choices, isUnsettled } from './choice';
import { date, service, staff } from './inputs';
import type { Salon } from './salon';

/** As many free times as a model can choose from. */
const MOST_TIMES = 40;

/** Shows what is offered, for how much. */
export function listServices(salon: Salon): Tool {
  return defineTool({
    name: 'list_services',
    description: 'What the salon offers, with prices.',
    input: z.object({}),
    run: async (_, _draft, signal) => ({ services: await salon.services(signal) }),
  });
}

/** Shows when somebody is free. */
export function findFreeTimes(choices: Choices): Tool {
  return defineTool({
    name: 'find_free_times',
    description: 'When a service can be had on a day, and from whom.',
    input: z.object({ service, staff, date }),
    run: async (wanted, { memory }, signal) => {
      const choice = await choices.settle(wanted, memory.preferences, signal);
      if (isUnsettled(choice)) return choice;
      const free = await choices.freeTimes(choice, wanted.date, signal);
      return {
        service: choice.service.title,
        free: free.slice(0, MOST_TIMES).map(({ time, staff: { name } }) => ({ time, staff: name })),
      };
    },
  });
}
