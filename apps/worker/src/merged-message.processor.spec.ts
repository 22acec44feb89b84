import { Logger } from '@nestjs/common';
import { DelayedError, type Job } from 'bullmq';
import {
  JobLostError,
  type JobProgress,
  type LateReplies,
  StoreUnavailableError,
  type WaitingBatches,
} from '@app/batching';
import { MERGED_MESSAGE_JOB } from '@app/contracts';
import type { BotJob } from './bot/bot';
import type { Delivery } from './delivery/delivery';
import { METRICS } from './delivery/testing/delivery-of';
import { MergedMessageProcessor } from './merged-message.processor';

describe('a delivery that throws', () => {
  let delays: number[];
  const said = { warn: '', error: '' };

  beforeEach(() => {
    delays = [];
    Object.assign(said, { warn: '', error: '' });
    for (const level of ['warn', 'error'] as const)
      jest
        .spyOn(Logger.prototype, level)
        .mockImplementation((...line) => void (said[level] += JSON.stringify(line)));
  });
  afterEach(() => jest.restoreAllMocks());

  async function processing(error: Error): Promise<unknown> {
    const job = {
      ...{ id: 'b-1', name: MERGED_MESSAGE_JOB, progress: {} },
      data: { version: 1, batchId: 'b-1', conversationId: '1:79001234567' },
      moveToDelayed: (atMs: number) => Promise.resolve(void delays.push(atMs)),
    } as unknown as Job<BotJob>;
    const processor = new MergedMessageProcessor(
      { run: () => Promise.reject(error) } as unknown as Delivery,
      {} as JobProgress,
      {} as LateReplies,
      {} as WaitingBatches,
      METRICS,
    );
    return processor.process(job).catch((end: unknown) => end);
  }

  it('because Redis cannot serve is put off, with a warning', async () => {
    expect(await processing(new StoreUnavailableError(new Error('gone')))).toBeInstanceOf(DelayedError);
    expect([delays.length, said.warn.includes('broken off'), said.error]).toEqual([1, true, '']);
  });

  it('for a fault of ours is put off, and is an error with its stack', async () => {
    expect(await processing(new TypeError('no such field'))).toBeInstanceOf(DelayedError);
    expect([delays.length, said.warn]).toEqual([1, '']);
    expect(said.error).toMatch(/no such field.* at /);
  });

  it('because another worker has the job leaves that as it is', async () => {
    expect(await processing(new JobLostError())).toBeInstanceOf(DelayedError);
    expect([delays, said.warn.includes('Another worker'), said.error]).toEqual([[], true, '']);
  });
});
