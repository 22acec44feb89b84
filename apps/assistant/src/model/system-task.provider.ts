import { readFile } from 'node:fs/promises';
import type { FactoryProvider } from '@nestjs/common';
import { BootError, EXIT } from '@app/config';
import { SETTINGS, type Settings } from '@app/settings';
import { STANDARD_TASK } from './prompt';

/** Injection token of what the model is told of its task. */
export const SYSTEM_TASK = Symbol('SYSTEM_TASK');

/** Reads `AI_SYSTEM_PROMPT_FILE` once, at start. */
export const systemTaskProvider: FactoryProvider<string> = {
  provide: SYSTEM_TASK,
  inject: [SETTINGS],
  useFactory: async ({ assistant: { promptFile } }: Settings) => {
    if (promptFile === null) return STANDARD_TASK;
    try {
      return (await readFile(promptFile, 'utf8')).trim();
    } catch (error) {
      throw new BootError(`AI_SYSTEM_PROMPT_FILE cannot be read: ${(error as Error).message}`, EXIT.config);
    }
  },
};
