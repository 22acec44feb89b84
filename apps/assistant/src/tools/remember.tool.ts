import { z } from 'zod';
import { defineTool, type Tool } from './tool';

/** Keeps the customer's name, for a day. */
export const remember: Tool = defineTool({
  name: 'remember_name',
  description: 'Call it when the customer says their name.',
  input: z.object({ name: z.string().min(1).max(100) }),
  run: ({ name }, draft) => {
    draft.learn({ name });
    return Promise.resolve({ remembered: name });
  },
});
