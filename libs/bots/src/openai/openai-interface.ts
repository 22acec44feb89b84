import type { BotPreset, BotTurn } from '../preset';

/** One of OpenAI's two interfaces. */
export type OpenAiInterface = Pick<BotPreset, 'read'> & {
  readonly body: (turn: BotTurn) => object;
  readonly isStateLost?: BotPreset['isStateLost'];
};
