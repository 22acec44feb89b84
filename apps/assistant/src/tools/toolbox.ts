import { Inject, Injectable } from '@nestjs/common';
import type { PlannedAct } from '../turn/turn-plan';
import type { ActOutcome } from './act-outcome';
import type { Tool } from './tool';

/** Injection token of the tools that the model has. */
export const TOOLS = Symbol('TOOLS');

/** The tools, by name. */
@Injectable()
export class Toolbox {
  constructor(@Inject(TOOLS) readonly tools: readonly Tool[]) {}

  /** @throws whatever kept the act from being done; an error of ours if no tool does such acts. */
  async perform({ tool: name, input }: PlannedAct, key: string): Promise<ActOutcome> {
    const doer = this.tools.find((each) => each.name === name);
    if (!doer?.perform) throw new Error(`no tool performs ${name}`);
    return doer.perform(input, key);
  }
}
