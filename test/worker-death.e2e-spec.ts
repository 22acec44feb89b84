import type { AppProcess } from './support/app-process';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sendJson } from './support/stand-in';

/** Its lock ends after 10 s at most, and the next look is 5 s away at most; the rest is a busy machine. */
const TAKEN_OVER_MS = 15_000;
const SLACK_MS = 30_000;

describe('a worker in the middle of a delivery', () => {
  let stage: BotStage;
  let worker: AppProcess;

  beforeAll(async () => {
    stage = await BotStage.start({ BOT_TIMEOUT: '60000' }, { worker: false, appendonly: true });
  });
  beforeEach(async () => {
    worker = await stage.addWorker();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.stop());

  it('that is killed is replaced within seconds; the bot gets the same message under the same id', async () => {
    stage.bot.answer = () => undefined;
    await stage.write('79001234567', 'hello');
    await stage.bot.hears(1);
    await stage.addWorker();
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'at last' });
    await worker.kill();
    const [first, second] = await stage.bot.hears(2, TAKEN_OVER_MS + SLACK_MS);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    const [before, after] = [first, second].map((heard) => JSON.parse(heard?.body ?? '{}') as object);
    expect(after).toEqual({ ...before, attempt: 2 });
    const [reply] = await stage.gateway.hears(1);
    expect(reply?.body).toContain('at last');
    expect(stage.gateway.heard).toHaveLength(1);
  });

  it('that is killed while it sends a reply leaves it at that: it is not sent twice, nor is the bot asked again', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { replies: ['one', 'two'] });
    stage.gateway.answer = () => undefined;
    await stage.write('79001234567', 'hello');
    await stage.gateway.hears(1);
    await stage.addWorker();
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
    await worker.kill();
    const sent = await stage.gateway.hears(2, TAKEN_OVER_MS + SLACK_MS);
    await eventually(
      'the job completed',
      () => stage.queue.getCompleted(),
      ([job]) => JSON.stringify(job?.progress ?? {}).includes('"sent":["unknown","sent"]'),
    );
    expect(sent.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual(['one', 'two']);
    expect(stage.bot.heard).toHaveLength(1);
  });

  it('that stood still is replaced too, and what it hears afterwards is not sent', async () => {
    let answerFirst: () => void = () => undefined;
    stage.bot.answer = (_, response) => (answerFirst = () => sendJson(response, 200, { reply: 'too late' }));
    await stage.write('79001234567', 'hello');
    await stage.bot.hears(1);
    await stage.addWorker();
    worker.signal('SIGSTOP');
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'in time' });
    await stage.gateway.hears(1, TAKEN_OVER_MS + SLACK_MS);
    answerFirst();
    worker.signal('SIGCONT');
    // What it says depends on what it finds first as it wakes: its turn over or another's, its job another's, or its connection lost.
    await worker.waitForLine(
      /The bot answered too late|A delivery was broken off|Another worker has this job|could not be put off/,
    );
    await eventually(
      'the job completed once',
      () => stage.queue.getCompletedCount(),
      (completed) => completed === 1,
    );
    expect(stage.gateway.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual([
      'in time',
    ]);
    expect(await stage.queue.getFailedCount()).toBe(0);
  });

  it('that is told to stop gives the message back in time, and no attempt is counted', async () => {
    stage.bot.answer = () => undefined;
    await stage.write('79001234567', 'hello');
    const [first] = await stage.bot.hears(1);
    expect(await worker.terminate()).toBe(0);
    const [job] = await stage.queue.getJobs(['wait', 'delayed']);
    expect(job?.progress).toMatchObject({ attempts: 0, begun: 0, replies: null });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'here I am' });
    await stage.addWorker();
    const [, second] = await stage.bot.hears(2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    await stage.gateway.hears(1);
  });

  it('loses nothing with its Redis, and sends nothing twice', async () => {
    let answer: () => void = () => undefined;
    stage.bot.answer = (_, response) => (answer = () => sendJson(response, 200, { reply: 'after all' }));
    await stage.write('79001234567', 'hello');
    await stage.bot.hears(1);
    await stage.redis.kill();
    answer();
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'after all' });
    await worker.waitForLine(/A delivery was broken off/);
    await stage.redis.restart();
    await stage.gateway.hears(1);
    await eventually(
      'the job completed',
      () => stage.queue.getCompletedCount(),
      (completed) => completed === 1,
    );
    expect(new Set(stage.bot.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(stage.gateway.heard).toHaveLength(1);
  });

  it('gives a message up over which workers keep dying', async () => {
    await worker.terminate();
    await stage.write('79001234567', 'hello');
    const waiting = async (): Promise<number> => stage.queue.getWaitingCount();
    await eventually('a job', waiting, (count) => count === 1);
    const [job] = await stage.queue.getWaiting();
    // As three workers leave it that die in the middle of the call.
    await job?.updateProgress({ begun: 3 });
    await stage.addWorker();
    const failed = async (): Promise<number> => stage.queue.getFailedCount();
    await eventually('a dead letter', failed, (count) => count === 1);
    expect((await stage.queue.getFailed())[0]?.failedReason).toBe('no attempt came to its end');
    expect(stage.bot.heard).toEqual([]);
  });
});
