import { z } from 'zod';
import { defineTool, type Tool } from './tool';

/** Gives the conversation to a colleague: the worker holds it and alarms. */
export const handover: Tool = defineTool({
  name: 'hand_over_to_a_colleague',
  description:
    'Call it when the customer asks for a person, complains, or wants what you cannot do. Then say that a colleague will answer.',
  input: z.object({ reason: z.string().max(500) }),
  run: (_, draft) => {
    draft.isHandedOver = true;
    return Promise.resolve({ handedOver: true });
  },
});
