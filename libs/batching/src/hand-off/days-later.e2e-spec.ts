import { BotStage } from '../../../../test/support/bot-stage';
import { eventually } from '../../../../test/support/eventually';
import { describeWithFakeTime, FakeTime } from '../../../../test/support/fake-time';
import { sendJson } from '../../../../test/support/stand-in';
import { BatchStore } from '../store/batch-store';
import { testSettings } from '../testing/settings';
import { type Claim, Claims } from './claims';
import { HandOff } from './hand-off';
import { merge } from './merge';

/** Longer than a finished job is kept. */
const DAY_AND_MORE_MS = 25 * 3_600_000;
const RETRY_MS = 2_000;
const PHONE = '79001234567';

describe('a system that stands still for more than a day', () => {
  let stage: BotStage;

  beforeEach(async () => {
    stage = await BotStage.start({ BOT_RETRY_DELAY: String(RETRY_MS) });
  });
  afterEach(() => stage.stop());

  /** Changes Redis to its state a day later: keys that expire within that time are gone, finished jobs are a day old. */
  async function aDayPasses(): Promise<void> {
    const { client, queue } = stage;
    for (const key of await client.keys('*')) {
      const leftMs = await client.pttl(key);
      if (leftMs >= 0 && leftMs < DAY_AND_MORE_MS) await client.del(key);
    }
    for (const id of await client.zrange(queue.toKey('completed'), '0', '-1'))
      await client.zincrby(queue.toKey('completed'), -DAY_AND_MORE_MS, id);
  }

  /** A batcher that dies before it settles what it has handed off. */
  async function handOff(phone: string): Promise<Claim> {
    const settings = testSettings({ REDIS_URL: stage.redis.url });
    const claims = new Claims(new BatchStore(stage.client, settings));
    const claim = await eventually('a due batch', () => claims.claim(phone), Boolean);
    if (!claim) throw new Error('nothing was due');
    const lot = [merge(claim.conversation, claim, ' ')];
    expect(await new HandOff(stage.queue, settings).deliver(lot, performance.now())).toEqual([
      { kind: 'queued' },
    ]);
    return claim;
  }

  it('hands a batch off once, though its batcher died before it settled, and its job is done and gone', async () => {
    await stage.batcher.terminate();
    await stage.write(PHONE, 'once');
    const { batchId } = await handOff(PHONE);
    await stage.bot.hears(1);
    await eventually('the job done', () => stage.queue.getCompletedCount(), Boolean);

    await aDayPasses();
    for (let i = 0; await stage.queue.getJob(batchId); i += 1) {
      await stage.write(`7900${7_654_321 + i}`, 'later');
      await handOff(`7900${7_654_321 + i}`);
      await stage.bot.hears(2 + i);
      await eventually(
        'it done',
        () => stage.queue.getJobCountByTypes('wait', 'active', 'delayed'),
        (left) => left === 0,
      );
    }
    await stage.batcher.restart();
    await eventually(
      'all settled',
      async () => (await stage.customers.get('/webhook/whatsapp/batched/stats')).body,
      ({ messages, balance }) => messages === 0 && balance === 0,
    );
    await eventually(
      'nothing on the queue',
      () => stage.queue.getJobCountByTypes('wait', 'active', 'delayed'),
      (left) => left === 0,
    );
    expect(stage.bot.heard.filter(({ body }) => body.includes(PHONE))).toHaveLength(1);
  }, 240_000);

  it('sends no reply a second time, though no worker was there for a day after it was sent', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { replies: ['one', 'two'] });
    stage.gateway.answer = () => undefined;
    await stage.write(PHONE, 'hello');
    await stage.gateway.hears(1);
    await stage.workers[0]?.kill();
    await aDayPasses();
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
    await stage.addWorker();
    await eventually('the job done', () => stage.queue.getCompletedCount(), Boolean);
    const sent = stage.gateway.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text);
    expect(sent).toEqual(['one', 'two']);
    expect(stage.bot.heard).toHaveLength(1);
  }, 240_000);
});

describeWithFakeTime('a worker whose host’s clock is set', (library) => {
  let clock: FakeTime;
  let stage: BotStage;

  beforeEach(async () => {
    clock = await FakeTime.start(library);
    stage = await BotStage.start({ BOT_RETRY_DELAY: String(RETRY_MS) }, { worker: false });
    stage.bot.answer = (_, response) => sendJson(response, 503, {});
    await stage.addWorker(clock.env);
    await stage.write(PHONE, 'hello');
    await stage.bot.hears(1);
  });
  afterEach(async () => {
    await stage.stop();
    await clock.stop();
  });

  async function botComesBack(): Promise<void> {
    const tries = stage.bot.heard.length;
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'at last' });
    await stage.bot.hears(tries + 1);
    await stage.gateway.hears(1);
  }

  it('tries again when the time has come, though it is set back by ten minutes', async () => {
    await clock.set(-600);
    await botComesBack();
  }, 240_000);

  it('goes on waiting for a bot that is away, though it is set ahead by two days', async () => {
    // As many failures as open the circuit: from then on the bot counts as away.
    await stage.bot.hears(3);
    await clock.set(2 * 86_400);
    await stage.bot.hears(5);
    expect(await stage.queue.getFailedCount()).toBe(0);
    await botComesBack();
  }, 240_000);
});
