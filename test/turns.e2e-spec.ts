import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { ThinkingBot } from './support/thinking-bot';

const THINK_MS = 3_000;
const CUSTOMERS = 200;
const PER_CUSTOMER = 5;
// A dead worker's lock, the look that finds it, and two thoughts, on a machine that is busy.
const ALL_SAID_MS = 120_000;

const phone = (i: number): string => `7900${1_000_000 + i}`;

describe('one turn of a conversation at a time', () => {
  let stage: BotStage;
  let bot: ThinkingBot;

  beforeEach(async () => {
    stage = await BotStage.start({ BOT_TIMEOUT: '20000', BOT_CONCURRENCY: '300' });
    bot = new ThinkingBot(stage.bot, () => THINK_MS);
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

  it('holds back what is written while the bot thinks, and gives it all at once when it has', async () => {
    await stage.write(phone(0), 'one');
    await untilHeard(1, [phone(0)]);
    for (const text of ['two', 'three', 'four']) await stage.write(phone(0), text);
    await untilHeard(4, [phone(0)]);
    expect(bot.of(phone(0)).map(({ texts }) => texts)).toEqual([['one'], ['two', 'three', 'four']]);
    expect(bot.overlaps).toBe(0);
    const [first, second] = bot.of(phone(0));
    // At once: the silence had passed long before the turn did. Nobody would have asked the queue so soon.
    expect((second?.beganMs ?? 0) - (first?.endedMs ?? 0)).toBeLessThan(10_000);
  });

  it('says that a turn holds a message back, and lets an operator end the turn', async () => {
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
  });

  it(`overlaps and loses nothing, in order, when the worker of ${CUSTOMERS} conversations is killed`, async () => {
    const conversations = Array.from({ length: CUSTOMERS }, (_, i) => phone(i));
    const write = async (n: number): Promise<void> => {
      await Promise.all(conversations.map((customer) => stage.write(customer, String(n))));
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
    const stats = (await stage.customers.get('/webhook/whatsapp/batched/stats')).body;
    expect(stats).toMatchObject({ messages: 0, balance: 0, deadLetters: 0 });
    expect(stats.totals).toMatchObject({ accepted: CUSTOMERS * PER_CUSTOMER });
  }, 240_000);
});
