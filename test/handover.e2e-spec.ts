import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sampleOf } from './support/gateway-samples';
import { secretOf, signed } from './support/gateway-signatures';
import { send } from './support/http';
import { sendJson, type Heard } from './support/stand-in';

const CW = { id: 'cw:57', query: '?companyId=962302' };
const PHONE = '79001234567';
const LOGGED = 'The bot hands a conversation over to humans';
const API = '/api/v1/accounts/3/conversations/57';

describe('a bot that hands over to humans', () => {
  let stage: BotStage;

  beforeAll(async () => {
    const CHATWOOT_WEBHOOK_SECRET = secretOf('chatwoot');
    stage = await BotStage.start({ CHATWOOT_WEBHOOK_SECRET, GATEWAY_COMPANIES: 'chatwoot:3=962302' });
  });
  beforeEach(async () => {
    await stage.clear();
    await stage.addWorker();
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Зову коллегу', handover: true });
  });
  afterAll(() => stage.stop());

  /** A customer's message in Chatwoot, under an id of its own. */
  async function write(id: number): Promise<void> {
    const sample = JSON.parse(sampleOf('chatwoot/incoming-after-greeting.json').bytes.toString()) as object;
    const body = JSON.stringify({ ...sample, id });
    const headers = { 'content-type': 'application/json', ...signed('chatwoot', body) };
    const answer = await send(`${stage.webhook.url}/webhook/chatwoot`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
  }

  const calls = (): string[] => stage.gateway.heard.map(({ path }: Heard) => path.replace(API, ''));
  const replied = (): Promise<unknown> =>
    eventually(
      'a reply',
      () => Promise.resolve(calls()),
      (heard) => heard.includes('/messages'),
    );
  /** Once the turn is over, what the customer has written is due later than after any silence. */
  const isHeld = (customer: string, query = ''): Promise<unknown> =>
    eventually(
      'a hold',
      async () => (await stage.customers.get(`/admin/batches/${customer}${query}`)).body.dueAt,
      (dueAt) => typeof dueAt === 'number' && dueAt - Date.now() > 300_000,
    );

  it('has the conversation opened in Chatwoot and held, once, before its reply', async () => {
    await write(90501);
    await replied();
    expect(calls()).toEqual(['/toggle_status', '/messages']);
    expect(JSON.parse(stage.gateway.heard[0]?.body ?? '')).toEqual({ status: 'open' });
    await write(90502);
    await isHeld(CW.id, CW.query);
    expect(stage.output).toContain(LOGGED);
    const timeline = await stage.customers.get(`/admin/conversations/${CW.id}/timeline${CW.query}`);
    expect(timeline.body.entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          says: expect.stringMatching(/^The bot handed the conversation over to humans: nothing/) as string,
        }),
      ]),
    );
    const metrics = await Promise.all(
      stage.workers.filter(({ hasExited }) => !hasExited).map(({ url }) => send(`${url}/metrics`)),
    );
    expect(metrics.map(({ text }) => text).join('\n')).toContain(
      'rapid_fire_handovers_total{gateway="chatwoot"} 1',
    );
    expect(stage.bot.heard).toHaveLength(1);
  });

  it('has it held at a gateway that does not know who answers, too, and may say nothing', async () => {
    stage.bot.answer = (_, response) => sendJson(response, 200, { handover: true });
    await stage.write(PHONE, 'Позовите человека');
    await eventually(
      'the log',
      () => Promise.resolve(stage.output.split(LOGGED).length),
      (n) => n > 2,
    );
    await stage.write(PHONE, 'Есть кто?');
    await isHeld(PHONE);
    expect(calls()).toEqual([]);
  });

  it('gets its reply to the customer although Chatwoot refuses to open the conversation, after it was asked again', async () => {
    stage.gateway.answer = ({ path }, response) =>
      sendJson(response, path.endsWith('toggle_status') ? 500 : 200, {});
    await write(90503);
    await replied();
    expect(calls()).toEqual([...Array<string>(3).fill('/toggle_status'), '/messages']);
    expect(stage.output).toContain('The gateway was not told that humans answer');
    await write(90504);
    await isHeld(CW.id, CW.query);
  });

  it('has it done by another worker, if one dies over it', async () => {
    let isFirst = true;
    stage.gateway.answer = ({ path }, response) => {
      // Never answered.
      if (path.endsWith('toggle_status') && isFirst) isFirst = false;
      else sendJson(response, 200, {});
    };
    await write(90505);
    await eventually(
      'a call',
      () => Promise.resolve(calls()),
      ({ length }) => length === 1,
    );
    await Promise.all(stage.workers.filter(({ hasExited }) => !hasExited).map((worker) => worker.kill()));
    await stage.addWorker();
    await replied();
    expect(calls()).toEqual(['/toggle_status', '/toggle_status', '/messages']);
    expect(stage.bot.heard).toHaveLength(1);
  }, 120_000);
});
