import { Injectable } from '@nestjs/common';
import { type DeadLetter, DeadLetters, FailedDeliveries, type FailedDelivery } from '@app/batching';
import type { DeadLetterAnswer, DeadLetterPageAnswer } from './dead-letter.answer';

/** The beginning of a page: `worker`, or `batcher` or `worker` and the place in that stage's own list. */
export function isDeadLetterPlace(text: string): boolean {
  return /^(?:worker|(?:batcher|worker) \d{1,16} \S+)$/.test(text);
}

/** Both stages' dead letters as one list: first the batches that could not be handed off, then those that the bot did not get. */
@Injectable()
export class DeadLetterList {
  constructor(
    private readonly batcher: DeadLetters,
    private readonly worker: FailedDeliveries,
  ) {}

  /** Newest first within each stage. */
  async page(limit: number, cursor: string | null): Promise<DeadLetterPageAnswer> {
    const [stage, ...place] = (cursor ?? 'batcher').split(' ');
    const at = place.length > 0 ? place.join(' ') : null;
    if (stage === 'worker') return this.ofWorker(limit, at);

    const { items, cursor: next } = await this.batcher.page(limit, at);
    const letters = items.map(ofBatcher);
    if (next !== null) return { items: letters, cursor: `batcher ${next}` };
    if (letters.length === limit) return { items: letters, cursor: 'worker' };
    const rest = await this.ofWorker(limit - letters.length, null);
    return { items: [...letters, ...rest.items], cursor: rest.cursor };
  }

  private async ofWorker(limit: number, at: string | null): Promise<DeadLetterPageAnswer> {
    const { items, cursor } = await this.worker.page(limit, at);
    return { items: items.map(ofWorker), cursor: cursor === null ? null : `worker ${cursor}` };
  }
}

function ofBatcher(letter: DeadLetter): DeadLetterAnswer {
  return { ...letter, stage: 'batcher', lastAnswer: null };
}

function ofWorker({ progress, ...letter }: FailedDelivery): DeadLetterAnswer {
  return { ...letter, stage: 'worker', lastAnswer: lastAnswerOf(progress) };
}

/** Our worker notes it on the job; another consumer may have noted anything. */
function lastAnswerOf(progress: unknown): object | null {
  if (typeof progress !== 'object' || progress === null || !('lastAnswer' in progress)) return null;
  return typeof progress.lastAnswer === 'object' ? progress.lastAnswer : null;
}
