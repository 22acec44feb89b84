import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { inShort } from './support/short-form';
import { ThinkingBot } from './support/thinking-bot';

const THINK_MS = 3_000;
/** Longer than `BotStage`’s, by far. */
const SILENCE_MS = 1_000;
/** When the queue is asked about a turn whose end was not reported. */
const ASKED_AFTER_MS = 15_000;
const AT_ONCE = 25;
const CUSTOMERS = inShort(200);
const PER_CUSTOMER = 5;
// A dead worker's lock, the look that finds it, and two thoughts, on a machine that is busy.
const ALL_SAID_MS = 120_000;

const phone = (i: number): string => `7900${1_000_000 + i}`;

describe('one turn of a conversation at a time', () => {
  let stage: BotStage;
  let bot: ThinkingBot;
  let think: () => Promise<unknown>;

  beforeEach(async () => {
    stage = await BotStage.start({ BOT_TIMEOUT: '60000', BOT_CONCURRENCY: '300', BOT_MAX_ATTEMPTS: '20' });
    think = () => pause(THINK_MS);
    bot = new ThinkingBot(stage.bot, () => think());
  });
  afterEach(() => stage.stop());

  function untilHeard(howMany: number, conversations: readonly string[]): Promise<unknown> {
    return eventually(
      `${howMany} messages of ${conversations.length} customers`,
      () => Promise.resolve(conversations.map((id) => bot.heardOf(id).length)),
      (heard) => heard.every((count) => count >= howMany),
      ALL_SAID_MS,
    );
  }

  /** The bot thinks until it is told that it has thought enough. */
  function untilReleased(): () => void {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    think = () => released;
    return release;
  }

  it('holds back what is written while the bot thinks, and gives it all at once when it has', async () => {
    const release = untilReleased();
    await stage.write(phone(0), 'one');
    await untilHeard(1, [phone(0)]);
    for (const text of ['two', 'three', 'four']) await stage.write(phone(0), text);
    await pause(SILENCE_MS);
    release();
    await untilHeard(4, [phone(0)]);
    expect(bot.of(phone(0)).map(({ texts }) => texts)).toEqual([['one'], ['two', 'three', 'four']]);
    expect(bot.overlaps).toBe(0);
    const [first, second] = bot.of(phone(0));
    // At once: the silence had passed before the turn did. The queue would not have been asked so soon.
    expect((second?.beganMs ?? 0) - (first?.endedMs ?? 0)).toBeLessThan(ASKED_AFTER_MS);
  });

  it('says that a turn holds a message back, and lets an operator end the turn', async () => {
    const release = untilReleased();
    await stage.write(phone(0), 'one');
    await untilHeard(1, [phone(0)]);
    const { body } = await stage.customers.message(phone(0), 'two');
    expect(body).toMatchObject({ outcome: 'opened', dueAt: null });
    const [{ batchId } = { batchId: '' }] = bot.of(phone(0));
    const done = `/admin/conversations/${phone(0)}/done`;
    expect(await stage.customers.post(done, { batchId: 'b-another' })).toMatchObject({ status: 409 });
    expect(await stage.customers.post(done, { batchId })).toMatchObject({ status: 200 });
    await untilHeard(2, [phone(0)]);
    expect(bot.overlaps).toBe(1);
    release();
  });

  it(`overlaps and loses nothing, in order, when the worker of ${CUSTOMERS} conversations is killed`, async () => {
    const conversations = Array.from({ length: CUSTOMERS }, (_, i) => phone(i));
    const write = async (n: number): Promise<void> => {
      for (let i = 0; i < CUSTOMERS; i += AT_ONCE) {
        const some = conversations.slice(i, i + AT_ONCE);
        await Promise.all(some.map((customer) => stage.write(customer, String(n))));
      }
    };
    await write(1);
    await untilHeard(1, conversations.slice(0, CUSTOMERS / 2));
    await stage.addWorker();
    await stage.workers[0]?.kill();
    for (let n = 2; n <= PER_CUSTOMER; n += 1) await write(n);
    await untilHeard(PER_CUSTOMER, conversations);

    const expected = Array.from({ length: PER_CUSTOMER }, (_, i) => String(i + 1));
    for (const conversation of conversations) expect(bot.heardOf(conversation)).toEqual(expected);
    expect(bot.overlaps).toBe(0);
    const stats = await eventually(
      'all settled',
      async () => (await stage.customers.get('/webhook/whatsapp/batched/stats')).body,
      ({ messages }) => messages === 0,
    );
    expect(stats).toMatchObject({ messages: 0, balance: 0, deadLetters: 0 });
    expect(stats.totals).toMatchObject({ accepted: CUSTOMERS * PER_CUSTOMER });
  }, 240_000);
});
