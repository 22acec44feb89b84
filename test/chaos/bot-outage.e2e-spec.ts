import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import type { Answerer, StandIn } from '../support/stand-in';
import { ThinkingBot } from '../support/thinking-bot';
import { lookForDamage } from './findings';

const LONG = process.env.STORM === 'long';
const PLAN = LONG
  ? { customers: 1_000, awayMs: 12 * 60_000, betweenMessagesMs: 60_000, thinkMs: 200 }
  : { customers: 40, awayMs: 20_000, betweenMessagesMs: 5_000, thinkMs: 50 };

/** "Within a minute per 500", and a minute for what a machine at work on other things needs. */
const promisedMs = (batches: number): number => Math.ceil(batches / 500 + 1) * 60_000;

/** One after the other, a third of the time each. */
const WAYS: readonly ((bot: StandIn) => Promise<void>)[] = [
  (bot) => bot.goAway(),
  async (bot) => {
    bot.answer = () => undefined;
    await bot.comeBack();
  },
  (bot) => {
    bot.answer = (_, response) => response.writeHead(503, { 'retry-after': '20' }).end();
    return Promise.resolve();
  },
];

/** As a gateway does: again, under the same id, until it hears 200; a connection may break under its hands. */
async function untilAccepted({ customers }: BotStage, phone: string, n: number): Promise<void> {
  await eventually(
    `a 200 for message ${n} of ${phone}`,
    () => customers.message(phone, String(n), { messageId: `${phone}-${n}` }).catch(() => null),
    (answer) => answer?.status === 200,
  );
}

describe('a bot that is away under load', () => {
  it('is waited for: everything is answered once and in order, no attempt counted, whichever process dies meanwhile', async () => {
    const stage = await BotStage.start(
      {
        BATCH_TIMEOUT: '1000',
        BOT_TIMEOUT: '30000',
        BOT_MAX_ATTEMPTS: '3',
        BOT_RETRY_DELAY: '2000',
        LOG_LEVEL: 'warn',
      },
      { appendonly: true },
    );
    await stage.addWorker();
    const bot = new ThinkingBot(stage.bot, () => pause(PLAN.thinkMs));
    const thinks: Answerer = stage.bot.answer;
    const load = { isOver: false, end: (): void => undefined };
    const over = new Promise<void>((resolve) => (load.end = resolve));
    const accepted = new Map<string, number>();
    const customer = async (phone: string): Promise<void> => {
      await pause(Math.random() * PLAN.betweenMessagesMs);
      for (let n = 1; !load.isOver; n += 1) {
        await untilAccepted(stage, phone, n);
        accepted.set(phone, n);
        await Promise.race([pause(PLAN.betweenMessagesMs), over]);
      }
    };
    const customers = Promise.all(
      Array.from({ length: PLAN.customers }, (_, i) => customer(`7900${5_000_000 + i}`)),
    );
    await pause(PLAN.awayMs / 60);

    const answeredBefore = stage.gateway.heard.length;
    const calledBefore = stage.bot.heard.length;
    for (const goAway of WAYS) {
      await goAway(stage.bot);
      await pause(PLAN.awayMs / WAYS.length / 2);
      const [worker] = stage.workers.filter(({ hasExited }) => !hasExited);
      await worker?.kill();
      await stage.addWorker();
      await pause(PLAN.awayMs / WAYS.length / 2);
    }
    const calls = stage.bot.heard.length - calledBefore;
    const answeredMeanwhile = stage.gateway.heard.length - answeredBefore;
    const held = await stage.queue.getJobs(['wait', 'active', 'delayed']);
    const attempts = held.map(
      ({ progress }) => (progress as { attempts?: number } | number | undefined) ?? 0,
    );
    const counted = Math.max(
      0,
      ...attempts.map((each) => (typeof each === 'object' ? (each.attempts ?? 0) : 0)),
    );

    stage.bot.answer = thinks;
    load.isOver = true;
    load.end();
    await customers;
    const backAt = Date.now();
    const { messages } = (await stage.customers.get('/webhook/whatsapp/batched/stats')).body as {
      messages: number;
    };
    const waiting = held.length;
    const texts = [...accepted.values()].reduce((sum, n) => sum + n, 0);
    await eventually(
      'an answer to everything',
      () =>
        Promise.resolve([...accepted].filter(([phone, n]) => !bot.heardOf(phone).includes(String(n))).length),
      (unanswered) => unanswered === 0,
      // Each customer's later messages are one batch more, behind the first.
      promisedMs(2 * PLAN.customers),
    );
    const answeredMs = Date.now() - backAt;
    await eventually(
      'an empty queue',
      () => stage.queue.getJobCounts('wait', 'active', 'delayed'),
      (jobs) => Object.values(jobs).every((count) => count === 0),
    );

    const redis = new Redis(stage.redis.url);
    const scene = { redis, prefix: 'bull', counters: ['rapid-fire-counters'] };
    const findings = await lookForDamage(scene, accepted, bot.thoughts);
    redis.disconnect();
    const batches = [...bot.thoughts.values()].flat();
    const replies = stage.gateway.heard.map(
      ({ body }) => JSON.parse(body) as { phone: string; text: string },
    );
    const doubledReplies =
      replies.length - new Set(replies.map(({ phone, text }) => `${phone} ${text}`)).size;
    const deadLetters = await stage.queue.getFailedCount();
    process.stdout.write(
      `the bot away for ${PLAN.awayMs / 1000} s: ${texts} messages of ${PLAN.customers} customers, ` +
        `${waiting} batches and ${messages} messages behind them waiting when it came back, ` +
        `${calls} calls meanwhile, ${answeredMeanwhile} replies meanwhile, ` +
        `most attempts counted ${counted}, all answered after ${Math.round(answeredMs / 1000)} s, ` +
        `${batches.length} batches answered, ${replies.length} replies, ${doubledReplies} replies doubled, ` +
        `${deadLetters} dead letters, ${bot.overlaps} overlaps\n${JSON.stringify(findings)}\n`,
    );
    expect({ counted, deadLetters, doubledReplies, overlaps: bot.overlaps }).toEqual({
      ...{ counted: 0, deadLetters: 0, doubledReplies: 0, overlaps: 0 },
    });
    expect(findings).toMatchObject({ lost: 0, doubled: 0, disordered: 0, pending: 0, balance: 0 });
    await stage.stop();
  }, 1_800_000);
});
