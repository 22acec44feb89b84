import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sendJson } from './support/stand-in';

/** Its lock ends after 10 s at most, and the next look is 5 s away at most; the rest is a busy machine. */
const TAKEN_OVER_MS = 15_000;
const SLACK_MS = 5_000;

describe('a worker in the middle of the bot’s call', () => {
  let stage: BotStage;

  beforeEach(async () => {
    stage = await BotStage.start({ BOT_TIMEOUT: '60000' }, { appendonly: true });
  }, 60_000);
  afterEach(() => stage.stop());

  it('that is killed is replaced within seconds; the bot gets the same message under the same id', async () => {
    stage.bot.answer = () => undefined;
    await stage.write('79001234567', 'hello');
    await stage.bot.hears(1);
    await stage.addWorker();
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'at last' });
    const killedMs = performance.now();
    await stage.workers[0]?.kill();
    const [first, second] = await stage.bot.hears(2, TAKEN_OVER_MS + SLACK_MS);
    expect(performance.now() - killedMs).toBeLessThan(TAKEN_OVER_MS + SLACK_MS);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    const [reply] = await stage.gateway.hears(1);
    expect(reply?.body).toContain('at last');
    expect(stage.gateway.heard).toHaveLength(1);
  }, 90_000);

  it('that stood still is replaced too, and what it hears afterwards is not sent', async () => {
    let answerFirst: () => void = () => undefined;
    stage.bot.answer = (_, response) => (answerFirst = () => sendJson(response, 200, { reply: 'too late' }));
    await stage.write('79001234567', 'hello');
    await stage.bot.hears(1);
    await stage.addWorker();
    const still = stage.workers[0];
    still?.signal('SIGSTOP');
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'in time' });
    await stage.gateway.hears(1, TAKEN_OVER_MS + SLACK_MS);
    answerFirst();
    still?.signal('SIGCONT');
    await still?.waitForLine(/The bot answered too late/);
    await eventually(
      'the job completed once',
      () => stage.queue.getCompletedCount(),
      (completed) => completed === 1,
    );
    expect(stage.gateway.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual([
      'in time',
    ]);
    expect(await stage.queue.getFailedCount()).toBe(0);
  }, 90_000);

  it('that is told to stop gives the message back in time, and no attempt is counted', async () => {
    stage.bot.answer = () => undefined;
    await stage.write('79001234567', 'hello');
    const [first] = await stage.bot.hears(1);
    expect(await stage.workers[0]?.terminate()).toBe(0);
    const [job] = await stage.queue.getJobs(['wait', 'delayed']);
    expect(job?.progress).toMatchObject({ attempts: 0, replies: null });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'here I am' });
    await stage.addWorker();
    const [, second] = await stage.bot.hears(2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    await stage.gateway.hears(1);
  }, 90_000);

  it('loses nothing with its Redis, and sends nothing twice', async () => {
    let answer: () => void = () => undefined;
    stage.bot.answer = (_, response) => (answer = () => sendJson(response, 200, { reply: 'after all' }));
    await stage.write('79001234567', 'hello');
    await stage.bot.hears(1);
    await stage.redis.kill();
    answer();
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'after all' });
    await stage.workers[0]?.waitForLine(/A delivery was broken off/);
    await stage.redis.restart();
    await stage.gateway.hears(1, 40_000);
    await eventually(
      'the job completed',
      () => stage.queue.getCompletedCount(),
      (completed) => completed === 1,
    );
    expect(new Set(stage.bot.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(stage.gateway.heard).toHaveLength(1);
  }, 90_000);

  it('gives a message up over which workers keep dying', async () => {
    await stage.workers[0]?.terminate();
    await stage.write('79001234567', 'hello');
    const waiting = async (): Promise<number> => stage.queue.getWaitingCount();
    await eventually('a job', waiting, (count) => count === 1);
    const [job] = await stage.queue.getWaiting();
    // As three workers leave it that die in the middle of the call.
    await job?.updateProgress({ attempts: 3 });
    await stage.addWorker();
    const failed = async (): Promise<number> => stage.queue.getFailedCount();
    await eventually('a dead letter', failed, (count) => count === 1);
    expect((await stage.queue.getFailed())[0]?.failedReason).toBe('no attempt came to its end');
    expect(stage.bot.heard).toEqual([]);
  }, 90_000);
});
