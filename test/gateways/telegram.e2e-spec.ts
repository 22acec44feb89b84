import { GATEWAY_SAMPLES, named } from '../support/gateway-samples';
import { GatewayStage } from '../support/gateway-stage';
import type { Answer } from '../support/http';
import { post, update } from '../support/telegram-updates';

const CONNECTION = 'bcQ7demo0AAUl1XfUv3nKx';
const GROUP = '-1007000000001';
const SAMPLES = GATEWAY_SAMPLES.filter(({ gateway }) => gateway === 'telegram');

describe('what Telegram posts', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start();
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  it.each(named(SAMPLES))(
    '%s is answered with nothing, which Telegram cannot carry out',
    async (_, { bytes }) => {
      expect(await post(stage.system.webhook.url, bytes.toString())).toMatchObject({ status: 200, text: '' });
    },
  );

  it('is stored once, however often it is delivered', async () => {
    const { url } = stage.system.webhook;
    for (let i = 0; i < 3; i += 1) await post(url, update('text-private'));
    expect(await stage.storedIn('tg:7000000002')).toMatchObject([
      {
        messageId: '7000000002:15',
        source: { gateway: 'telegram', account: null, chatId: '7000000002' },
        metadata: { senderName: 'João' },
      },
    ]);
  });

  it('counts as two messages where a direct chat and a business chat have one number', async () => {
    const { url } = stage.system.webhook;
    const message = { ...update('business-message').business_message, business_connection_id: undefined };
    await post(url, update('business-message'));
    await post(url, { update_id: 1, message });
    expect((await stage.conversations()).sort()).toEqual([
      `rapid-fire:${CONNECTION}:tg:700000001`,
      'rapid-fire:tg:700000001',
    ]);
  });

  it('is what its sender last made of it: edited, and deleted by the one it was written to', async () => {
    const { url } = stage.system.webhook;
    await post(url, update('business-message'));
    await post(url, update('business-message', { message_id: 23, text: 'и на воскресенье?' }));
    const kept = update('business-message', { message_id: 24, text: 'в двенадцать' }).business_message;
    await post(url, { update_id: 1, business_message: kept });
    const edited = { ...kept, text: 'в 13:00', edit_date: 1763700009 };
    await post(url, { update_id: 2, edited_business_message: edited });
    await post(url, update('deleted-business-messages'));
    const stored = await stage.storedIn(`${CONNECTION}:tg:700000001`);
    expect(stored.map(({ text }) => text)).toEqual(['в 13:00']);
  });

  it.each(['{', '[]', '{"update_id":1}', '{"update_id":1,"message":{"message_id":1}}'])(
    'is kept for an operator where it cannot be read, so that its chat goes on: %s',
    async (body) => {
      expect(await post(stage.system.webhook.url, body)).toMatchObject({ status: 200, text: '' });
      const { body: kept } = await stage.system.send('/admin/unreadable');
      expect(kept).toMatchObject({ items: [{ gateway: 'telegram' }] });
    },
  );

  it('is to come again while a conversation is full', async () => {
    const { url } = stage.system.webhook;
    const answers = [];
    for (let number = 1; number <= 6; number += 1)
      answers.push(await post(url, update('text-private', { message_id: number })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.at(-1)?.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('is found by operators by the customer’s id', async () => {
    await post(stage.system.webhook.url, update('text-private'));
    const ask = (path: string, init: RequestInit = {}): Promise<Answer> => stage.system.send(path, init);
    expect(await ask('/admin/batches/tg:7000000002')).toMatchObject({
      status: 200,
      body: { conversationId: 'tg:7000000002', phone: null, channel: 'telegram', size: 1 },
    });
    const { body } = await ask('/admin/customers/tg:7000000002/log-tag');
    expect(body).toMatchObject({
      customer: 'tg:7000000002',
      shownAs: expect.stringMatching(/^tg:7000…02/) as string,
    });
    const cleared = await ask('/webhook/whatsapp/batched/tg:7000000002', {
      method: 'DELETE',
    });
    expect(cleared).toMatchObject({ body: { cleared: { conversations: 1, messages: 1 } } });
    expect(await ask('/admin/batches/tg:Anna')).toMatchObject({ status: 400 });
  });
});

describe.each([
  ['per-chat', 'tg-group:-1007000000001', 'tg-group:-1007000000001_42'],
  ['per-sender', 'tg-group:-1007000000001:tg:700000001', 'tg-group:-1007000000001_42:tg:700000001'],
])('GROUP_MESSAGES=%s', (policy, whole, topic) => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start({ batcher: false, env: { GROUP_MESSAGES: policy } });
  });
  afterAll(() => stage.stop());

  const inTopic = { message_id: 400, message_thread_id: 42, is_topic_message: true, text: 'тут' };

  it('keeps the topics of a group apart, each with its own way back', async () => {
    const { url } = stage.system.webhook;
    await post(url, update('group-reply'));
    await post(url, update('group-reply', inTopic));
    expect((await stage.conversations()).sort()).toEqual(
      [`rapid-fire:${whole}`, `rapid-fire:${topic}`].sort(),
    );
    expect(await stage.storedIn(topic)).toMatchObject([
      { source: { chatId: `${GROUP}_42` }, metadata: { sender: 'tg:700000001' } },
    ]);
    expect(await stage.storedIn(whole)).toMatchObject([{ source: { chatId: GROUP } }]);
  });

  it('lets only its author edit what stands in a topic', async () => {
    const { url } = stage.system.webhook;
    const { message = {} } = update('group-reply', { ...inTopic, text: 'там', edit_date: 1763700050 });
    const other = { ...message, from: { id: 700000002, is_bot: false, first_name: 'Б' } };
    for (const edited_message of [{ ...other, text: 'чужое' }, message])
      await post(url, { update_id: 1, edited_message });
    expect(await stage.storedIn(topic)).toMatchObject([{ text: 'там' }]);
  });
});

describe('FORWARD_EVENTS=system,reaction', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    const env = { FORWARD_EVENTS: 'system,reaction', GROUP_MESSAGES: 'per-chat' };
    stage = await GatewayStage.start({ batcher: false, env });
  });
  afterAll(() => stage.stop());

  it('tells of each who acts within one second, and once, for Telegram gives these events no id', async () => {
    const { url } = stage.system.webhook;
    const blocked = (id: number): object =>
      update('my-chat-member-blocked', { chat: { id, type: 'private' } });
    const reacted = (id: number): object => update('message-reaction', { user: { id, is_bot: false } });
    for (const id of [700000001, 700000002, 700000001]) {
      await post(url, blocked(id));
      await post(url, reacted(id));
    }
    const jobs = await stage.system.allJobs();
    const told = jobs.map(
      ({ data }) => `${data.conversationId} ${(data as unknown as { kind: string }).kind}`,
    );
    const group = `tg-group:${GROUP} reaction`;
    expect(told.sort()).toEqual([group, group, 'tg:700000001 system', 'tg:700000002 system']);
  });
});
