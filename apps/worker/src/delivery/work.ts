import type { Turn } from '@app/batching';
import type { BotJob } from '../bot/bot';
import type { DeliveryProgress } from './delivery-progress';

/** A job at one worker, in its turn. */
export interface Work {
  request: BotJob;
  delivery: DeliveryProgress;
  turn: Turn;
  /** Aborted when the process has no time left. */
  signal: AbortSignal | undefined;
}
