import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sendJson } from './support/stand-in';

const PHONE = '79001234567';
const OTHER = '79001234568';

describe('a masked log', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({ LOG_PHONES: 'masked', LOG_LEVEL: 'debug' });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
  });
  afterAll(() => stage.stop());

  async function tagOf(phone: string): Promise<string> {
    const { body } = await stage.customers.get(`/admin/customers/${encodeURIComponent(phone)}/log-tag`);
    expect(body).toMatchObject({ shownAs: expect.stringMatching(/^7900…6[78]#[a-z]{10}$/) as string });
    return String(body.shownAs).split('#')[1] ?? '';
  }

  it('is searched for one customer in every process, also one that starts later', async () => {
    const [tag, otherTag] = [await tagOf('+7 (900) 123-45-67'), await tagOf(OTHER)];
    expect(tag).not.toBe(otherTag);
    await stage.write(PHONE, 'hello');
    await stage.gateway.hears(1);
    await stage.addWorker();
    await stage.workers[0]?.terminate();
    await stage.write(PHONE, 'again');
    await stage.gateway.hears(2);
    for (const app of [stage.webhook, stage.batcher, ...stage.workers]) {
      await app.waitForLine(new RegExp(tag));
      expect(app.lines.join('\n')).not.toContain(PHONE);
    }
    expect(stage.output).not.toContain(otherTag);
  });

  it('does not say the key of its tags, which is not the same on another Redis', async () => {
    const key = await stage.client.hget('rapid-fire-environment', 'logKey');
    expect(key).toMatch(/^[\w+/]{43}=$/);
    expect(stage.output).not.toContain(key);
    const tag = await tagOf(PHONE);
    await stage.client.hdel('rapid-fire-environment', 'logKey');
    const newcomer = await stage.addWorker();
    await stage.workers[1]?.terminate();
    await stage.write(PHONE, 'once more');
    await eventually(
      'a line of the newcomer’s about the customer',
      () => Promise.resolve(newcomer.lines.find((line) => line.includes('7900…67#'))),
      (line) => line !== undefined,
    );
    expect(newcomer.lines.join('\n')).not.toContain(tag);
  });
});
