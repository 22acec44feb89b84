import type { MergedMessage } from '@app/contracts';
import { AppProcess } from './support/app-process';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { type Answer, postJson } from './support/http';
import { UNHURRIED } from './support/patience';
import { RedisServer } from './support/redis-server';
import { sendJson } from './support/stand-in';

const PHONE = '79001234567';
const SIMULATED = `1:sim:${PHONE}`;
const KEY = 'admin-key-1';

describe('a simulated customer', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({ ADMIN_API_KEY: KEY, BATCH_TIMEOUT: '2000' }, { inOneProcess: true });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'Записал' });
  });
  beforeEach(() => {
    stage.bot.heard.length = 0;
    stage.gateway.heard.length = 0;
  });
  afterAll(() => stage.stop());

  async function act(doing: object, phone = PHONE): Promise<string> {
    const { status, body } = await stage.customers.post('/admin/simulator', {
      phone,
      companyId: '1',
      ...doing,
    });
    expect(status).toBe(200);
    const [result] = body.results as [{ outcome: string; reason?: string }];
    return result.reason ?? result.outcome;
  }

  const write = (messageId: string, text: string): Promise<string> =>
    act({ kind: 'message', messageId, text });

  async function told(): Promise<MergedMessage> {
    const [call] = await stage.bot.hears(1);
    return JSON.parse(call?.body ?? '') as MergedMessage;
  }

  it('is merged and answered as any other, and no gateway is called', async () => {
    expect(await act({ kind: 'typing' })).toBe('no-window');
    expect(await write('1', 'Запишите')).toBe('opened');
    expect(await write('2', 'меня')).toBe('extended');
    expect(await write('2', 'меня')).toBe('duplicate');
    expect(await act({ kind: 'edit', messageId: '1', text: 'Запишите на стрижку' })).toBe('edited');
    expect(await write('3', 'забудьте')).toBe('extended');
    expect(await act({ kind: 'revoke', messageId: '3' })).toBe('revoked');
    expect(await act({ kind: 'message', messageId: '4', type: 'voice' })).toBe('extended');
    expect(await act({ kind: 'typing' })).toBe('extended');
    const message = await told();
    expect(message).toMatchObject({
      conversationId: SIMULATED,
      phone: PHONE,
      channel: 'simulator',
      text: 'Запишите на стрижку меня',
    });
    expect(message.messages.map(({ type, metadata }) => [type, metadata])).toEqual([
      ['text', { simulated: true }],
      ['text', { simulated: true }],
      ['voice', { simulated: true }],
    ]);
    const job = await eventually(
      'the end of its delivery',
      () => stage.queue.getJob(message.batchId),
      (found) => Boolean(found?.finishedOn),
    );
    expect(job?.progress).toMatchObject({ replies: ['Записал'], sent: ['sent'] });
    expect(stage.gateway.heard).toEqual([]);
  });

  it('is another than the customer with that phone, who is answered', async () => {
    await stage.customers.message(PHONE, 'Здравствуйте', { companyId: 1 });
    await write('5', 'Здравствуйте');
    const calls = await stage.bot.hears(2);
    const ids = calls.map(({ body }) => (JSON.parse(body) as MergedMessage).conversationId);
    expect(ids.sort()).toEqual([`1:${PHONE}`, SIMULATED]);
    await stage.gateway.hears(1);
    expect(stage.gateway.heard.map(({ body }) => JSON.parse(body) as object)).toEqual([
      expect.objectContaining({ phone: PHONE, text: 'Записал' }),
    ]);
  });

  it.each([
    ['no kind', { kind: 'dance' }],
    ['no text', { kind: 'message', messageId: '1', text: ' ' }],
    ['no message', { kind: 'revoke' }],
  ])('is refused what makes no sense: %s', async (_, doing) => {
    const { status } = await stage.customers.post('/admin/simulator', { phone: PHONE, ...doing });
    expect(status).toBe(400);
  });

  it('needs the key', async () => {
    const doing = { phone: PHONE, kind: 'typing' };
    const { status }: Answer = await postJson(`${stage.webhook.url}/admin/simulator`, doing);
    expect(status).toBe(401);
  });
});

describe('without a bot', () => {
  it('a simulated customer hears their own words, and nobody else anything', async () => {
    const redis = await RedisServer.start();
    const env = { REDIS_URL: redis.url, ...UNHURRIED, BATCH_TIMEOUT: '1000' };
    const stage = await AppProcess.start('all', env);
    const post = (path: string, body: object): Promise<Answer> => postJson(stage.url + path, body);
    await post('/admin/simulator', { phone: PHONE, kind: 'message', messageId: '1', text: 'Привет' });
    await post('/webhook/whatsapp/batched', { phone: '79007654321', message: 'Hello' });
    await stage.waitForLine(/Merged message for 79007654321/);
    const history = await eventually(
      'two batches',
      async () => (await fetch(`${stage.url}/admin/history`)).json() as Promise<{ items: MergedMessage[] }>,
      ({ items }) => items.length === 2,
    );
    expect(history.items.map(({ conversationId }) => conversationId).sort()).toEqual([
      '79007654321',
      `sim:${PHONE}`,
    ]);
    await stage.waitForLine(/Reply sent/);
    expect(stage.lines.filter((line) => /Reply sent|No sender/.test(line))).toHaveLength(1);
    await stage.terminate();
    await redis.stop();
  });
});
