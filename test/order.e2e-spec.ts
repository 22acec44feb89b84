import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { ThinkingBot } from './support/thinking-bot';

const CUSTOMERS = 20;
const PER_CUSTOMER = 6;
const THINK_MS = 20;
const WORKERS = 3;
/** Each batch may ask five seconds after the one before it is done. */
const ALL_SAID_MS = 150_000;

const phone = (i: number): string => `7900${1_000_000 + i}`;

describe('a backlog from before turns were held', () => {
  let stage: BotStage;

  beforeEach(async () => {
    stage = await BotStage.start({ MAX_BATCH_SIZE: '1', BOT_CONCURRENCY: '20' }, { worker: false });
  });
  afterEach(() => stage.stop());

  it(`reaches the bot in order, one batch of a conversation at a time, by ${WORKERS} workers`, async () => {
    const bot = new ThinkingBot(stage.bot, () => pause(THINK_MS));
    const customers = Array.from({ length: CUSTOMERS }, (_, i) => phone(i));
    for (let n = 1; n <= PER_CUSTOMER; n += 1)
      await Promise.all(customers.map((customer) => stage.write(customer, String(n))));
    const backlog = CUSTOMERS * PER_CUSTOMER;
    await eventually(
      'the backlog',
      () => stage.queue.getWaitingCount(),
      (count) => count === backlog,
    );

    await Promise.all(Array.from({ length: WORKERS }, () => stage.addWorker()));
    // And some that come while it is worked off.
    await Promise.all(customers.map((customer) => stage.write(customer, String(PER_CUSTOMER + 1))));
    const expected = Array.from({ length: PER_CUSTOMER + 1 }, (_, i) => String(i + 1));
    await eventually(
      'all that was written',
      () => Promise.resolve(customers.map((customer) => bot.heardOf(customer).length)),
      (heard) => heard.every((count) => count >= expected.length),
      ALL_SAID_MS,
    );
    for (const customer of customers) expect(bot.heardOf(customer)).toEqual(expected);
    expect(bot.overlaps).toBe(0);
  }, 240_000);
});
