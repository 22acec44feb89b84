import type { MergedMessage } from '@app/contracts';
import type { BotMessage } from '../apps/worker/src/bot/bot';
import type { AppProcess } from './support/app-process';
import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { batchIn, outcomeOf, PROMISING, promisedReply, replyTo, textOf } from './support/late-replies';
import { type Heard, sendJson } from './support/stand-in';

const TAKEN_OVER_MS = 45_000;

const callOf = ({ body }: Heard): BotMessage => JSON.parse(body) as BotMessage;

describe('a worker that dies over a draft', () => {
  let stage: BotStage;
  let worker: AppProcess;

  beforeAll(async () => {
    const turns = { BUSY_POLICY: 'supersede', PREEMPTIVE_START: '500', BATCH_TIMEOUT: '3000' };
    stage = await BotStage.start({ ...PROMISING, ...turns }, { worker: false, appendonly: true });
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

  it('after a late reply and before the end of the window has it sent by the next', async () => {
    stage.bot.answer = (_, response) => response.writeHead(202).end();
    const call = await promisedReply(stage, '79001234567', 'hello');
    expect(await outcomeOf(replyTo(stage, call, { reply: 'done' }))).toEqual([200, 'accepted']);
    await worker.kill();
    await stage.addWorker();
    await stage.gateway.hears(1, TAKEN_OVER_MS);
    expect(stage.gateway.heard.map(textOf)).toEqual(['done']);
    expect(stage.bot.heard.map(batchIn)).toEqual([batchIn(call)]);
  });
});
