import type { z } from 'zod';
import type { TurnDraft } from '../turn/turn-draft';
import type { ActOutcome } from './act-outcome';

/**
 * Something that the model may ask for. Its input is checked before it runs, and whose customer it is comes from the call, never from
 * the model.
 */
interface Definition<Input> {
  /** As the model calls it: `find_free_times`. */
  readonly name: string;
  /** What it is for, for the model. */
  readonly description: string;
  readonly input: z.ZodType<Input>;
  /** Looks, and plans in the draft; changes nothing outside. What it returns is told to the model, as JSON. */
  run(input: Input, draft: TurnDraft, signal: AbortSignal): Promise<object>;
  /**
   * Does what was planned, once its answer is committed. It may be called more than once with the same key, and then does it once.
   *
   * @throws whatever kept it from being done; it will be called again.
   */
  perform?(input: unknown, key: string): Promise<ActOutcome>;
}

/** A tool, whatever its input is. */
export type Tool = Definition<unknown>;

/** A tool that never runs with an input of another shape than its own. */
export function defineTool<Input>(tool: Definition<Input>): Tool {
  return {
    name: tool.name,
    description: tool.description,
    input: tool.input,
    run: (input, draft, signal) => tool.run(tool.input.parse(input), draft, signal),
    ...(tool.perform && { perform: tool.perform.bind(tool) }),
  };
}
