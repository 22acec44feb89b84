import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/settings';
import { handover } from './handover.tool';
import { remember } from './remember.tool';
import type { Tool } from './tool';
import { TOOLS } from './toolbox';
import { yclientsTools } from './yclients/yclients.tools';

/** The tools that the model has: ours, and those of the systems that are configured. */
export const toolsProvider: FactoryProvider<readonly Tool[]> = {
  provide: TOOLS,
  inject: [SETTINGS],
  useFactory: ({ assistant: { yclients, timeZone } }: Settings) => [
    remember,
    handover,
    ...(yclients ? yclientsTools(yclients, timeZone) : []),
  ],
};
