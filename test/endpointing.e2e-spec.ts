import type { MergedMessage } from '@app/contracts';
import { BotStage } from './support/bot-stage';
import { STUCK_MS } from './support/eventually';
import { sideBySide } from './support/side-by-side';
import { sendJson } from './support/stand-in';

const WINDOW = {
  BATCH_TIMEOUT: '4000',
  BATCH_TIMEOUT_MIN: '1000',
  BATCH_TIMEOUT_MAX: '5000',
  ENDPOINTING: 'dynamic',
};

describe('ENDPOINTING=dynamic waits longer for a customer who has split what they said, and tells bot, history and log why', () => {
  async function underPolicy(BUSY_POLICY: string): Promise<void> {
    const stage = await BotStage.start({ ...WINDOW, BUSY_POLICY });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
    for (const fragment of ['Hello,', 'a question:']) await stage.write('79001000001', fragment);
    await stage.gateway.hears(1, STUCK_MS);
    await stage.write('79001000001', 'are you open?');
    await stage.gateway.hears(2, STUCK_MS);

    const window = { ms: 5_000, why: 'max: split 1 of the last 1 turns' };
    const calls = stage.bot.heard.map(({ body }) => JSON.parse(body) as MergedMessage);
    expect(calls.map((call) => call.window)).toEqual([
      { ms: 4_000, why: 'normal: split 0 of the last 0 turns' },
      window,
    ]);
    const { body } = await stage.customers.get('/admin/history?phone=79001000001');
    expect(body.items).toMatchObject([{ window }, {}]);
    await stage.workers[0]?.waitForLine(
      /Answered .*: window 5\.0 s \(max: split 1 of the last 1 turns\), bot /,
    );
    await stage.stop();
  }

  sideBySide({
    'with BUSY_POLICY=hold': () => underPolicy('hold'),
    'with BUSY_POLICY=supersede': () => underPolicy('supersede'),
  });
});
