import { randomUUID } from 'node:crypto';
import type { MergedMessage } from '@app/contracts';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import type { Answer } from './support/http';

const PHONE = '79001234567';
const WINDOW_S = 60;

describe('a consumer that asks before it sends an answer', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start(
      { BUSY_POLICY: 'supersede', BATCH_TIMEOUT: String(WINDOW_S * 1000), PREEMPTIVE_START: '300' },
      { worker: false },
    );
  });
  afterAll(() => stage.stop());

  async function jobOf(messageCount: number): Promise<MergedMessage> {
    const jobs = await eventually(
      `a batch of ${messageCount}`,
      async () => (await stage.queue.getJobs(['wait'])).map(({ data }) => data),
      (found) => found.some((job) => job.messageCount === messageCount),
    );
    return jobs.find((job) => job.messageCount === messageCount) as MergedMessage;
  }

  const commit = (batchId: string): Promise<Answer> =>
    stage.customers.post(`/admin/conversations/${PHONE}/commit`, { batchId });

  it('is told to wait, that a later message has superseded the batch, and that it may send', async () => {
    await stage.write(PHONE, 'one');
    const draft = await jobOf(1);
    expect(draft.final).toBe(false);
    const early = await commit(draft.batchId);
    expect(early).toMatchObject({ status: 425, body: { title: 'Too Early', status: 425 } });
    const retryAfterS = Number(early.headers.get('retry-after'));
    expect(retryAfterS).toBeGreaterThan(0);
    expect(retryAfterS).toBeLessThanOrEqual(WINDOW_S);

    // At once, together with what is pending: the batch that this makes is no draft.
    await stage.customers.post('/webhook/whatsapp', {
      phone: PHONE,
      message: 'two',
      messageId: randomUUID(),
    });
    const whole = await jobOf(2);
    expect(whole.supersedes).toEqual([draft.batchId]);
    expect(await commit(draft.batchId)).toMatchObject({ status: 409, body: { reason: 'superseded' } });
    for (let i = 0; i < 2; i += 1)
      expect(await commit(whole.batchId)).toMatchObject({
        status: 200,
        body: { success: true, batchId: whole.batchId },
      });
    expect(await commit('b-unknown')).toMatchObject({ status: 409, body: { reason: 'unknown' } });
  });
});
