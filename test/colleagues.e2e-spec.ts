import { BotStage } from './support/bot-stage';
import { sendJson } from './support/stand-in';

const CHAT = '79001234567@c.us';

/** As the bot is called. */
interface Call {
  text: string;
  colleagues?: { at: number; text: string }[];
}

describe('what a colleague writes to a customer', () => {
  let stage: BotStage;

  beforeAll(async () => (stage = await BotStage.start()));
  beforeEach(() => void (stage.bot.heard.length = 0));
  afterAll(() => stage.stop());

  const calls = (): Call[] => stage.bot.heard.map(({ body }) => JSON.parse(body) as Call);
  const told = (): string[][] => calls().map(({ colleagues = [] }) => colleagues.map(({ text }) => text));

  const post = (event: string, payload: object): Promise<unknown> =>
    stage.customers.post('/webhook/waha', { event, session: 'default', payload });
  const says = (id: string, body: string, source: 'app' | 'api' = 'app'): Promise<unknown> =>
    post('message.any', { id: `true_${CHAT}_${id}`, fromMe: true, source, body });
  const write = (body: string): Promise<unknown> =>
    post('message', { id: `false_${CHAT}_${body}`, from: CHAT, fromMe: false, body });

  it('comes with the next call of the bot, once', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'ok' });
    await says('c1', 'We close at six today');
    await says('c1', 'We close at six today');
    await says('c2', 'a reply of our own', 'api');
    await write('one');
    await stage.gateway.hears(1);
    await write('two');
    await stage.gateway.hears(2);
    expect(told()).toEqual([['We close at six today'], []]);
  });

  it('comes again with a call that is tried again, and what came meanwhile with it', async () => {
    let answers = 0;
    stage.bot.answer = (_, response) => {
      answers += 1;
      const said = answers === 1 ? says('c4', 'second') : Promise.resolve();
      said.then(
        () => sendJson(response, answers === 1 ? 503 : 200, { reply: 'ok' }),
        () => response.destroy(),
      );
    };
    await says('c3', 'first');
    await write('three');
    await stage.gateway.hears(3);
    expect(told()).toEqual([['first'], ['first', 'second']]);
  });

  it('comes again if the worker dies before the answer', async () => {
    stage.bot.answer = () => undefined;
    await says('c5', 'third');
    await write('four');
    await stage.bot.hears(1);
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'ok' });
    const [worker] = stage.workers;
    await worker?.kill();
    await stage.addWorker();
    await stage.gateway.hears(4);
    expect(told()).toEqual([['third'], ['third']]);
    expect(await stage.client.exists(`rapid-fire-colleague-words:default:79001234567`)).toBe(0);
  });

  it('stays for a bot that is told of it, where a kind of bot that is not answers meanwhile', async () => {
    const replace = async (variables: Record<string, string>): Promise<void> => {
      await stage.workers.at(-1)?.terminate();
      await stage.addWorker(variables);
    };
    await replace({ BOT_PRESET: 'rasa', BOT_URL: `${stage.bot.url}/webhooks/rest/webhook` });
    stage.bot.answer = (_, response) => sendJson(response, 200, [{ text: 'ok' }]);
    await says('c6', 'fourth');
    await write('five');
    await stage.gateway.hears(5);
    await replace({});
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'ok' });
    await write('six');
    await stage.gateway.hears(6);
    expect(told()).toEqual([[], ['fourth']]);
  });
});
