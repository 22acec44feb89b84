import type { AppProcess } from './support/app-process';
import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { type Answerer, type Heard, sendJson, StandIn } from './support/stand-in';

/** Three timeouts and the pauses between them, and five seconds for which it must stand; the rest is a busy machine. */
const NOTICED_MS = 90_000;

interface Told {
  conversationId: string;
  text: string;
  late?: true;
}

const told = ({ body }: Heard): Told => JSON.parse(body) as Told;
const echo: Answerer = (heard, response) => sendJson(response, 200, { reply: told(heard).text });
const phoneOf = (n: number): string => `7900400${String(n).padStart(4, '0')}`;

/** The codes of what the webhook finds amiss, as `stats` shows it. */
async function findings(stage: BotStage): Promise<string[]> {
  const { body } = await stage.customers.get('/webhook/whatsapp/batched/stats');
  return (body.findings as { code: string }[]).map(({ code }) => code);
}

async function untilFound(stage: BotStage, isAway: boolean): Promise<void> {
  await eventually(
    isAway ? 'the bot to be found away' : 'the bot to be found again',
    () => findings(stage),
    (codes) => codes.includes('bot-away') === isAway,
    NOTICED_MS,
  );
}

/** Text by text, what each customer was sent, in order. */
function repliesBy(stage: BotStage): Map<string, string[]> {
  const replies = new Map<string, string[]>();
  for (const { body } of stage.gateway.heard) {
    const { phone, text } = JSON.parse(body) as { phone: string; text: string };
    replies.set(phone, [...(replies.get(phone) ?? []), ...text.split(' ')]);
  }
  return replies;
}

async function untilAllAnswered(stage: BotStage, customers: number, texts: readonly string[]): Promise<void> {
  await eventually(
    'an answer to everything',
    () => Promise.resolve([...repliesBy(stage).values()].flat()),
    ({ length }) => length >= customers * texts.length,
  );
  const replies = repliesBy(stage);
  for (let n = 0; n < customers; n += 1)
    expect([phoneOf(n), replies.get(phoneOf(n))]).toEqual([phoneOf(n), texts]);
}

async function metric(app: AppProcess | undefined, pattern: RegExp): Promise<number> {
  const text = await (await fetch(`${app?.url ?? ''}/metrics`)).text();
  return Number(pattern.exec(text)?.[1]);
}

describe('a bot that is away, and comes back', () => {
  const CUSTOMERS = 30;
  /** Where the test is about something else than their number. */
  const FEWER = 12;
  const WAYS: Record<string, (stage: BotStage) => Promise<void>> = {
    'refuses connections': ({ bot }) => bot.goAway(),
    hangs: ({ bot }) => answerBy(bot, () => undefined),
    'breaks connections': ({ bot }) => answerBy(bot, (_, response) => response.socket?.resetAndDestroy()),
    'answers 503': ({ bot }) => answerBy(bot, (_, response) => sendJson(response, 503, {})),
    'answers 429 and when to come again': ({ bot }) =>
      answerBy(bot, (_, response) => response.writeHead(429, { 'retry-after': '2' }).end()),
  };
  function answerBy(bot: StandIn, answer: Answerer): Promise<void> {
    bot.answer = answer;
    return Promise.resolve();
  }

  let stage: BotStage;
  afterEach(() => stage.stop());

  it.each(Object.keys(WAYS))(
    'where it %s: everything is answered once and in order, and no attempt was used up',
    async (way) => {
      stage = await BotStage.start({ BOT_TIMEOUT: '1500', BOT_MAX_ATTEMPTS: '1' });
      const [worker] = stage.workers;
      await WAYS[way]?.(stage);
      const write = (text: string): Promise<unknown> =>
        Promise.all(Array.from({ length: CUSTOMERS }, (_, n) => stage.write(phoneOf(n), text)));
      await write('first');
      await untilFound(stage, true);
      // What is written meanwhile is the next batch of each, and waits for its turn.
      await write('second');
      const heardWhileAway = stage.bot.heard.length;

      const ready = (await (await fetch(`${worker?.url ?? ''}/health/ready`)).json()) as object;
      expect(ready).toMatchObject({
        status: 'ok',
        details: { processes: { degraded: true, findings: [{ code: 'bot-away' }] } },
      });
      expect(await metric(worker, /rapid_fire_bot_away (\d)/)).toBe(1);
      expect(await metric(stage.webhook, /findings{finding="bot-away"} (\d)/)).toBe(1);
      expect(await stage.queue.getJobCounts('active', 'failed', 'completed', 'waiting')).toMatchObject({
        ...{ failed: 0, completed: 0, waiting: 0 },
      });

      if (way === 'refuses connections') await stage.bot.comeBack();
      stage.bot.answer = echo;
      await untilAllAnswered(stage, CUSTOMERS, ['first', 'second']);
      await untilFound(stage, false);
      expect(await stage.queue.getFailedCount()).toBe(0);
      // Thirty were waiting: it was not called for each of them again and again.
      expect(heardWhileAway).toBeLessThan(CUSTOMERS);
      const lines = (pattern: RegExp): number =>
        worker?.lines.filter((line) => line.includes('"level":40') && pattern.test(line)).length ?? 0;
      expect([lines(/The bot is away/), lines(/The bot is back/)]).toEqual([1, 1]);
    },
  );

  it('finds what waits also where workers are killed meanwhile, and where there are two', async () => {
    stage = await BotStage.start({ BOT_MAX_ATTEMPTS: '2' });
    await stage.addWorker();
    await stage.bot.goAway();
    for (let n = 0; n < FEWER; n += 1) await stage.write(phoneOf(n), 'first');
    await untilFound(stage, true);
    for (let kills = 0; kills < 2; kills += 1) {
      await stage.workers[kills]?.kill();
      await stage.addWorker();
    }
    for (let n = 0; n < FEWER; n += 1) await stage.write(phoneOf(n), 'second');
    await untilFound(stage, true);
    stage.bot.answer = echo;
    await stage.bot.comeBack();
    await untilAllAnswered(stage, FEWER, ['first', 'second']);
    expect(await stage.queue.getFailedCount()).toBe(0);
  });

  it('gets what a worker held back that stops in good order while it waits', async () => {
    stage = await BotStage.start();
    await stage.bot.goAway();
    for (let n = 0; n < CUSTOMERS; n += 1) await stage.write(phoneOf(n), 'first');
    await untilFound(stage, true);
    expect(await stage.workers[0]?.terminate()).toBe(0);
    stage.bot.answer = echo;
    await stage.bot.comeBack();
    await stage.addWorker();
    await untilAllAnswered(stage, CUSTOMERS, ['first']);
  });

  it('holds up no reply that it has given before', async () => {
    stage = await BotStage.start({ BOT_MAX_ATTEMPTS: '20' });
    let isOpen = false;
    stage.gateway.answer = (_, response) => sendJson(response, isOpen ? 200 : 429, {});
    stage.bot.answer = echo;
    await stage.write(phoneOf(0), 'first');
    await stage.gateway.hears(1);
    await stage.bot.goAway();
    for (let n = 1; n < CUSTOMERS; n += 1) await stage.write(phoneOf(n), 'first');
    await untilFound(stage, true);
    isOpen = true;
    await eventually(
      'the reply',
      () => stage.queue.getCompleted(),
      ([job]) => JSON.stringify(job?.progress ?? {}).includes('"sent":["sent"]'),
    );
    expect(await findings(stage)).toContain('bot-away');
  });

  it('is not waited for longer than BOT_OUTAGE_MAX; then an operator decides', async () => {
    stage = await BotStage.start({ BOT_OUTAGE_MAX: '8' });
    await stage.bot.goAway();
    await stage.write(phoneOf(0), 'first');
    const { body } = await eventually(
      'a dead letter',
      () => stage.customers.get('/admin/dead-letters'),
      (answer) => (answer.body.items as object[]).length === 1,
    );
    const [letter] = body.items as { batchId: string; error: string }[];
    expect(letter?.error).toMatch(
      /^the bot has been away for \d+ s, longer than BOT_OUTAGE_MAX: ECONNREFUSED$/,
    );
    expect((await stage.customers.get('/webhook/whatsapp/batched/stats')).body).toMatchObject({
      ...{ turns: 0, deadLetters: 1, deadLettersByStage: { batcher: 0, worker: 1 } },
    });
    stage.bot.answer = echo;
    await stage.bot.comeBack();
    await stage.customers.post(`/admin/dead-letters/${letter?.batchId ?? ''}/redrive`);
    await untilAllAnswered(stage, 1, ['first']);
  });

  it('hears which messages come late, where it is asked to', async () => {
    stage = await BotStage.start({ STALE_REPLY: '4' });
    await stage.bot.goAway();
    await stage.write(phoneOf(0), 'first');
    await untilFound(stage, true);
    stage.bot.answer = echo;
    await stage.bot.comeBack();
    await untilAllAnswered(stage, 1, ['first']);
    await stage.write(phoneOf(0), 'second');
    await untilAllAnswered(stage, 1, ['first', 'second']);
    expect(stage.bot.heard.map((heard) => told(heard).late)).toEqual([true, undefined]);
  });
});

describe('a message over which the bot fails', () => {
  let stage: BotStage;
  afterEach(() => stage.stop());

  const failingOver =
    (word: string): Answerer =>
    (heard, response) => {
      if (told(heard).text === word) sendJson(response, 500, {});
      else echo(heard, response);
    };

  it('becomes a dead letter among good ones, and no other message does', async () => {
    stage = await BotStage.start({ BOT_MAX_ATTEMPTS: '3' });
    stage.bot.answer = failingOver('poison');
    await stage.write('79004999999', 'poison');
    let n = 0;
    while ((await stage.queue.getFailedCount()) === 0) {
      await stage.write(phoneOf(n), 'first');
      n += 1;
      await pause(200);
    }
    await untilAllAnswered(stage, n, ['first']);
    const failed = await stage.queue.getFailed();
    expect(failed.map(({ data, failedReason }) => [data.text, failedReason])).toEqual([
      ['poison', 'the bot answered 500, 3 times'],
    ]);
  });

  it('holds up no other customer while it is alone, and is not blamed before others come', async () => {
    stage = await BotStage.start({ BOT_MAX_ATTEMPTS: '2' });
    stage.bot.answer = failingOver('poison');
    await stage.write('79004999999', 'poison');
    await untilFound(stage, true);
    expect(await stage.queue.getFailedCount()).toBe(0);
    await stage.write(phoneOf(0), 'first');
    await untilAllAnswered(stage, 1, ['first']);
  });
});

describe('a worker that alone has lost its way to the bot', () => {
  it('leaves the jobs to another that has not', async () => {
    const nobody = await StandIn.start();
    const stage = await BotStage.start({ BOT_MAX_ATTEMPTS: '2' });
    stage.bot.answer = echo;
    await stage.addWorker({ BOT_URL: nobody.url });
    await nobody.goAway();
    const CUSTOMERS = 40;
    for (let n = 0; n < CUSTOMERS; n += 1) await stage.write(phoneOf(n), 'first');
    await untilAllAnswered(stage, CUSTOMERS, ['first']);
    expect(await stage.queue.getFailedCount()).toBe(0);
    await stage.stop();
  });
});
