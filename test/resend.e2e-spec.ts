import { PATIENCE } from './support/patience';
import { BATCHED, DIRECT, System } from './support/system';

const PHONE = '79001234567';
/** Contract: a sender hears of an outage within this time. */
const ANSWER_MS = 2_000;

describe('a message sent again after an outage', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({ env: { BATCH_TIMEOUT: '500' } });
  });

  afterAll(() => system.stop());

  it('is stored once, though the first answer was 503', async () => {
    const message = { phone: PHONE, message: 'hello', companyId: 1, messageId: 'm-1' };
    system.server.pause();
    for (const path of [BATCHED, DIRECT]) {
      const askedAt = performance.now();
      const answer = await system.post(path, message);
      expect(performance.now() - askedAt).toBeLessThan(ANSWER_MS * PATIENCE);
      expect(answer).toMatchObject({ status: 503, type: 'application/problem+json', body: { status: 503 } });
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect(answer.text).not.toMatch(/redis:\/\/|127\.0\.0\.1/);
    }
    system.server.resume();
    await Promise.all([system.webhook.ready(), system.batcher?.ready()]);

    // What the frozen server had in its socket it may have done after all: that is what the id is for.
    expect(await system.post(DIRECT, message)).toMatchObject({ status: 200, body: { success: true } });
    expect(await system.post(DIRECT, message)).toMatchObject({ status: 200, body: { outcome: 'duplicate' } });
    await system.jobsOf(`1:${PHONE}`, 1);
    await system.nothingPending();
    expect((await system.allJobs()).map(({ data }) => data.messageCount)).toEqual([1]);
  });
});
