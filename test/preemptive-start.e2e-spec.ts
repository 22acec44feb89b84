import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { ThinkingBot } from './support/thinking-bot';

const THINK_MS = 500;
/** As many calls as make a usual time. */
const CALLS = 20;
/** The call’s own limit, `BOT_TIMEOUT`. */
const AT_MOST_MS = 30_000;

describe('PREEMPTIVE_START=auto', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start(
      { BUSY_POLICY: 'supersede', PREEMPTIVE_START: 'auto' },
      { inOneProcess: true },
    );
  });
  afterAll(() => stage.stop());

  it('goes by the time that the worker measures of the bot', async () => {
    new ThinkingBot(stage.bot, () => pause(THINK_MS));
    for (let i = 0; i < CALLS; i += 1) await stage.write(`7900${1_000_000 + i}`, 'hello');
    const written = await eventually(
      'the usual time of the bot',
      () => stage.client.get('rapid-fire-bot-time'),
      (value) => value !== null,
    );
    expect(Number(written)).toBeGreaterThanOrEqual(THINK_MS - 50);
    expect(Number(written)).toBeLessThan(AT_MOST_MS);
  });
});
