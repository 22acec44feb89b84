export { type BotTime, logUniformBot } from './bot-time';
export type { Burst } from './burst';
export { type Answer, play, type Played } from './play';
export { score, type Score } from './score';
export { earlyStart, hold, supersede, type Waiting } from './waiting';
