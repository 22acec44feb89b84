export { type AnswerShape, type BotAnswer, bodyOf, shapeOf } from './answer/bot-answer';
export { REPLY_BOUNDS, repliesOf, type Understood } from './answer/replies-of';
export type { Reading } from './answer/reading';
export { BotDialect } from './bot-dialect';
export { type BotSettings, botSettings } from './bot.settings';
export { MOST_PICTURE_BYTES, PICTURES_WITHIN_MS, picturesSettings } from './pictures.settings';
export { dialectOf } from './dialect';
export type { BotCall } from './preset';
export { takesEvents } from './presets';
