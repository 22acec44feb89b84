import { resolve } from 'node:path';
import { BOT_SECRET, BotStage } from './support/bot-stage';
import { Child } from './support/child';
import { pause, STUCK_MS } from './support/eventually';

const THINK_MS = 1_000;
/** Longer than `PREEMPTIVE_START`; on a machine that is slower than that, the two fragments are one draft. */
const WHILE_IT_THINKS_MS = 700;

describe('the example bot that books', () => {
  let bot: Child;
  let stage: BotStage;

  beforeAll(async () => {
    const program = resolve(__dirname, '../examples/booking-bot/bot.mjs');
    bot = new Child('booking-bot', process.execPath, [program], {
      env: { PATH: process.env.PATH, BOT_SECRET, PORT: '0', THINK_MS: String(THINK_MS) },
    });
    const [port] = /\d+$/.exec(await bot.waitForLine(/^listening on/, STUCK_MS)) ?? [];
    stage = await BotStage.start(
      {
        BOT_URL: `http://127.0.0.1:${port}/`,
        BUSY_POLICY: 'supersede',
        PREEMPTIVE_START: '200',
        BATCH_TIMEOUT: '3000',
      },
      { inOneProcess: true },
    );
  });
  afterAll(async () => {
    await stage.stop();
    await bot.kill();
  });

  const replies = (): string[] =>
    stage.gateway.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text);
  const bookings = (): string[] => bot.lines.filter((line) => line.startsWith('booked'));

  it('books once what was asked last, though a fragment comes while it thinks', async () => {
    await stage.write('79001000001', 'book me 18:00');
    await pause(WHILE_IT_THINKS_MS);
    await stage.write('79001000001', 'no, 17:00');
    await stage.gateway.hears(1, STUCK_MS);
    expect(replies()).toEqual(['You are booked for 17:00.']);
    expect(bookings()).toEqual([expect.stringMatching(/^booked 17:00 for b-/)]);
  });

  it('offers another hour to whoever comes second', async () => {
    await stage.write('79001000002', '17:00 please');
    await stage.gateway.hears(2, STUCK_MS);
    expect(replies().at(-1)).toBe('17:00 is taken.');
    expect(bookings()).toHaveLength(1);
  });
});
