import { BotStage } from './support/bot-stage';
import { sendJson } from './support/stand-in';

const TURN_MAX_S = 4;
/** Longer than a turn, and much shorter than the wait before the queue is asked about a long one. */
const SLOW_MS = 6_000;

describe('a turn of few seconds', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({ TURN_MAX: String(TURN_MAX_S), BOT_TIMEOUT: String(TURN_MAX_S * 1000) });
  });
  beforeEach(() => {
    for (const { heard } of [stage.bot, stage.gateway]) heard.length = 0;
  });
  afterAll(() => stage.stop());

  it('ends when it should: the conversation goes on, and what comes later is not sent', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { replies: ['in time', 'too late'] });
    stage.gateway.answer = (_, response) => {
      setTimeout(() => sendJson(response, 200, {}), SLOW_MS);
    };
    await stage.write('79001234567', 'one');
    await stage.gateway.hears(1);
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'the next' });
    await stage.write('79001234567', 'two');
    await stage.gateway.hears(2);
    await stage.workers[0]?.waitForLine(/The bot answered too late/);
    const said = stage.gateway.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text);
    expect(said).toEqual(['in time', 'the next']);
  });

  it('ends no message that the bot has not answered by then: it is tried again', async () => {
    stage.bot.answer = () => undefined;
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
    await stage.write('79007654321', 'one');
    await stage.bot.hears(1);
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'in time' });
    await stage.gateway.hears(1);
  });
});
