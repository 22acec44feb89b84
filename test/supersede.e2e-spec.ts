import type { MergedMessage } from '@app/contracts';
import type { BotMessage } from '../apps/worker/src/bot/bot';
import type { AppProcess } from './support/app-process';
import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { type Heard, sendJson } from './support/stand-in';
import { ThinkingBot } from './support/thinking-bot';

const WINDOW_MS = 6_000;
const THINK_MS = 3_000;
const BETWEEN_MS = 2_000;
/** What a machine that is busy may add, and less than a bot that begins when the window is over would. */
const SLACK_MS = 2_500;
const TAKEN_OVER_MS = 45_000;

const textOf = ({ body }: Heard): string => (JSON.parse(body) as { text: string }).text;
const callOf = ({ body }: Heard): BotMessage => JSON.parse(body) as BotMessage;

describe('a message that comes before the answer', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({
      BUSY_POLICY: 'supersede',
      PREEMPTIVE_START: '1500',
      BATCH_TIMEOUT: String(WINDOW_MS),
    });
  });
  beforeEach(() => {
    for (const { heard } of [stage.bot, stage.gateway]) heard.length = 0;
  });
  afterAll(() => stage.stop());

  async function settled(): Promise<Record<string, unknown>> {
    const { body } = await eventually(
      'all settled',
      () => stage.customers.get('/webhook/whatsapp/batched/stats'),
      ({ body: { messages, turns } }) => messages === 0 && turns === 0,
      TAKEN_OVER_MS,
    );
    return body;
  }

  it('supersedes the call: one reply to three fragments, as soon as the window is over', async () => {
    const bot = new ThinkingBot(stage.bot, () => pause(THINK_MS));
    for (const text of ['can I', 'book a haircut']) {
      await stage.write('79001000001', text);
      await pause(BETWEEN_MS);
    }
    await stage.write('79001000001', 'tomorrow?');
    const lastMs = Date.now();
    const [reply] = await stage.gateway.hears(1, TAKEN_OVER_MS);
    const delayMs = (reply?.atMs ?? 0) - lastMs;
    process.stdout.write(`answered ${delayMs} ms after the last of three fragments\n`);
    expect(delayMs).toBeGreaterThan(WINDOW_MS - 200);
    expect(delayMs).toBeLessThan(WINDOW_MS + SLACK_MS);
    expect(reply && textOf(reply)).toBe('can I book a haircut tomorrow?');
    expect(await settled()).toMatchObject({ balance: 0, totals: { accepted: 3, delivered: 3, answered: 3 } });
    expect(stage.gateway.heard).toHaveLength(1);

    const calls = stage.bot.heard.map(callOf);
    const ids = calls.map(({ batchId }) => batchId);
    expect(bot.of('79001000001').map(({ texts }) => texts.length)).toEqual([1, 2, 3]);
    expect(calls.map(({ supersedes }) => supersedes)).toEqual([[], ids.slice(0, 1), ids.slice(0, 2)]);
    expect(calls.map(({ turnId }) => turnId)).toEqual([ids[0], ids[0], ids[0]]);
    expect(calls.map(({ final, attempt }) => [final, attempt])).toEqual([
      [false, 1],
      [false, 1],
      [false, 1],
    ]);
    await stage.workers[0]?.waitForLine(
      /Answered \d+\.\d s after the last message: window 6\.0 s \(fixed\), bot 3\.\d s, superseded 2/,
    );
  });

  it('is alone, and is answered when its window is over, not when the bot has then thought', async () => {
    new ThinkingBot(stage.bot, () => pause(THINK_MS));
    const beganMs = Date.now();
    await stage.write('79001000002', 'hello');
    const [reply] = await stage.gateway.hears(1, TAKEN_OVER_MS);
    const delayMs = (reply?.atMs ?? 0) - beganMs;
    process.stdout.write(`a lone message: answered after ${delayMs} ms\n`);
    expect(delayMs).toBeGreaterThan(WINDOW_MS - 200);
    expect(delayMs).toBeLessThan(WINDOW_MS + SLACK_MS);
    await settled();
  });

  it('cancels the call that it supersedes', async () => {
    let closedMs = 0;
    stage.bot.answer = (heard, response) => {
      if (callOf(heard).messageCount === 2) sendJson(response, 200, { reply: 'both' });
      else response.on('close', () => (closedMs = Date.now()));
    };
    await stage.write('79001000003', 'one');
    await stage.bot.hears(1, TAKEN_OVER_MS);
    const beganMs = Date.now();
    await stage.write('79001000003', 'two');
    await eventually('the connection closed', () => Promise.resolve(closedMs), Boolean);
    process.stdout.write(`the superseded call was closed after ${closedMs - beganMs} ms\n`);
    const [reply] = await stage.gateway.hears(1, TAKEN_OVER_MS);
    expect(reply && textOf(reply)).toBe('both');
    await settled();
  });

  it('is answered by a final call, where the bot wants to answer no draft', async () => {
    stage.bot.answer = (heard, response) =>
      sendJson(response, 200, callOf(heard).final ? { reply: 'booked' } : { needsFinal: true });
    await stage.write('79001000004', 'book it');
    const [reply] = await stage.gateway.hears(1, TAKEN_OVER_MS);
    expect(reply && textOf(reply)).toBe('booked');
    expect(stage.bot.heard.map(callOf).map(({ final, attempt }) => [final, attempt])).toEqual([
      [false, 1],
      [true, 2],
    ]);
    await settled();
  });

  it('is told to the bot as committed before its reply goes; what the bot answers then is sent instead', async () => {
    stage.bot.answer = (heard, response) => {
      const isNotice = heard.headers['idempotency-key']?.toString().endsWith(':commit');
      if (isNotice) sendJson(response, 200, { reply: 'your number is 17' });
      else sendJson(response, 200, { reply: 'booked', commit: { slot: 18 } });
    };
    await stage.write('79001000005', 'book it');
    const [reply] = await stage.gateway.hears(1, TAKEN_OVER_MS);
    expect(reply && textOf(reply)).toBe('your number is 17');
    const [call, notice] = stage.bot.heard.map((heard) => JSON.parse(heard.body) as Record<string, unknown>);
    expect(notice).toMatchObject({
      type: 'commit',
      batchId: call?.batchId,
      turnId: call?.turnId,
      commit: { slot: 18 },
    });
    await settled();
  });

  it('is taken back by the bot that can no longer do what it has planned: nothing is sent', async () => {
    stage.bot.answer = (heard, response) => {
      const isNotice = heard.headers['idempotency-key']?.toString().endsWith(':commit');
      if (isNotice) sendJson(response, 409, {});
      else sendJson(response, 200, { reply: 'booked', commit: { slot: 18 } });
    };
    await stage.write('79001000006', 'book it');
    await stage.bot.hears(2, TAKEN_OVER_MS);
    await settled();
    expect(stage.gateway.heard).toEqual([]);
  });

  it('keeps the answer back while its customer types', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
    await stage.write('79001000007', 'one');
    await stage.bot.hears(1, TAKEN_OVER_MS);
    const presence = (isTyping: boolean): Promise<unknown> =>
      stage.customers.post('/webhook/whatsapp/presence', {
        phone: '79001000007',
        state: isTyping ? 'composing' : 'paused',
      });
    await pause(3_000);
    await presence(true);
    await pause(3_500);
    expect(stage.gateway.heard).toEqual([]);
    await presence(false);
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    await settled();
  });
});

describe('a worker that dies over a draft', () => {
  let stage: BotStage;
  let worker: AppProcess;

  beforeAll(async () => {
    const variables = { BUSY_POLICY: 'supersede', PREEMPTIVE_START: '500', BATCH_TIMEOUT: '2000' };
    stage = await BotStage.start(variables, { worker: false, appendonly: true });
  });
  beforeEach(async () => {
    worker = await stage.addWorker();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.stop());

  const jobOf = async (): Promise<{ data: MergedMessage; progress: Record<string, unknown> } | undefined> => {
    const [job] = await stage.queue.getJobs(['delayed', 'active', 'wait']);
    return job && { data: job.data, progress: job.progress as Record<string, unknown> };
  };

  it('before the bot has answered is superseded by the next message, whose worker answers once', async () => {
    stage.bot.answer = () => undefined;
    await stage.write('79001234567', 'one');
    await stage.bot.hears(1);
    await worker.kill();
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'both' });
    await stage.write('79001234567', 'two');
    await stage.addWorker();
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    await pause(1_000);
    expect(stage.gateway.heard.map(textOf)).toEqual(['both']);
    expect(stage.bot.heard.map(callOf).map(({ messageCount }) => messageCount)).toEqual([1, 2]);
  });

  it('after the answer and before the commit leaves it to the next, which sends it', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
    await stage.write('79001234567', 'one');
    await eventually('the answer noted', jobOf, (job) => Array.isArray(job?.progress.replies));
    await worker.kill();
    await stage.addWorker();
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    expect(stage.gateway.heard.map(textOf)).toEqual(['fine']);
    expect(stage.bot.heard).toHaveLength(1);
  });

  it('after the answer and before the commit: a message that comes then supersedes the answer', async () => {
    stage.bot.answer = (heard, response) =>
      sendJson(response, 200, { reply: String(callOf(heard).messageCount) });
    await stage.write('79001234567', 'one');
    await eventually('the answer noted', jobOf, (job) => Array.isArray(job?.progress.replies));
    await worker.kill();
    await stage.write('79001234567', 'two');
    await stage.addWorker();
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    await pause(1_000);
    expect(stage.gateway.heard.map(textOf)).toEqual(['2']);
  });

  it('after the commit and before the reply has its reply sent once', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
    stage.gateway.answer = () => undefined;
    await stage.write('79001234567', 'one');
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    await worker.kill();
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
    await stage.write('79001234567', 'two');
    await stage.addWorker();
    await eventually(
      'two jobs done',
      () => stage.queue.getCompletedCount(),
      (done) => done === 2,
      TAKEN_OVER_MS,
    );
    // The first may have been sent, and is not sent again; the second message came behind it.
    expect(stage.bot.heard.map(callOf).map(({ messageCount }) => messageCount)).toEqual([1, 1]);
    expect(stage.gateway.heard).toHaveLength(2);
  });

  it('finds everything again when Redis is killed while the answer waits', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
    await stage.write('79001234567', 'one');
    await eventually('the answer noted', jobOf, (job) => Array.isArray(job?.progress.replies));
    await stage.redis.kill();
    await stage.redis.restart();
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    await pause(1_000);
    expect(stage.gateway.heard.map(textOf)).toEqual(['fine']);
  });
});
