import type { MergedMessage } from '@app/contracts';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { GATEWAY_SAMPLES, named, sampleOf } from '../support/gateway-samples';
import { signed, secretOf } from '../support/gateway-signatures';
import { GatewayStage } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { metricOf } from '../support/operator-stage';
import { type Heard, sendJson } from '../support/stand-in';

const TOKEN = '7000000099:AAF-demo_token';
const CONNECTION = 'bcQ7demo0AAUl1XfUv3nKx';
const GROUP = '-1007000000001';
const SAMPLES = GATEWAY_SAMPLES.filter(({ gateway }) => gateway === 'telegram');

/** A sample's update as an object, for a test to change. */
function update(file: string, changed: Record<string, unknown> = {}): Record<string, object> {
  const whole = JSON.parse(sampleOf(`telegram/${file}.json`).bytes.toString()) as Record<string, object>;
  const kind = Object.keys(whole).find((name) => name !== 'update_id') ?? '';
  return { ...whole, [kind]: { ...whole[kind], ...changed } };
}

function post(url: string, body: object | string): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', ...signed('telegram', text) };
  return send(`${url}/webhook/telegram`, { method: 'POST', headers, body: text });
}

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

describe('a round trip', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({
      ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_SECRET_TOKEN: secretOf('telegram') },
      ...{
        TYPING_FEEDBACK: 'true',
        ON_HUMAN_REPLY: 'ignore',
        GROUP_MESSAGES: 'per-chat',
        BATCH_TIMEOUT: '1000',
      },
    });
  });
  beforeEach(() => {
    stage.bot.heard.length = 0;
    stage.gateway.heard.length = 0;
    // The bot takes as long as Telegram takes to show that it types.
    stage.bot.answer = (_, response) => {
      const answer = (): void => sendJson(response, 200, { reply: 'Есть!' });
      stage.gateway.hears(1).then(answer, () => response.destroy());
    };
    stage.gateway.answer = (_, response) => sendJson(response, 200, { ok: true, result: {} });
  });
  afterAll(() => stage.stop());

  const bring = async (...updates: object[]): Promise<void> => {
    for (const each of updates) expect((await post(stage.webhook.url, each)).status).toBe(200);
  };
  /** Ends the customer's burst; what the bot is asked. */
  const askedBy = async (customer: string, query = ''): Promise<MergedMessage> => {
    const { status } = await stage.customers.post(`/admin/batches/${customer}/flush${query}`);
    expect(status).toBe(200);
    const [call] = await stage.bot.hears(1);
    return JSON.parse(call?.body ?? '') as MergedMessage;
  };
  const callsOf = (method: string): Heard[] =>
    stage.gateway.heard.filter(({ path }) => path === `/bot${TOKEN}/${method}`);
  const bodiesOf = async (method: string): Promise<unknown[]> =>
    (
      await eventually(
        method,
        () => Promise.resolve(callsOf(method)),
        ({ length }) => length > 0,
      )
    ).map(({ body }) => JSON.parse(body) as unknown);

  it('takes a burst in, album and all, and one reply out, with typing shown before it', async () => {
    const words = update('voice', { voice: undefined, message_id: 108, text: 'Здравствуйте!' });
    await bring(words, update('album-1-no-caption'), update('album-2-caption'), words);
    const merged = await askedBy('tg:700000001');
    expect(merged).toMatchObject({
      ...{ conversationId: 'tg:700000001', channel: 'telegram', phone: null, messageCount: 3 },
      text: 'Здравствуйте! какой из этих вариантов?',
    });
    expect(merged.messages.map(({ metadata }) => metadata.album)).toEqual([
      ...[undefined, '14041404000000001', '14041404000000001'],
    ]);
    expect(await bodiesOf('sendMessage')).toEqual([{ chat_id: 700000001, text: 'Есть!' }]);
    expect(await bodiesOf('sendChatAction')).toEqual([{ chat_id: 700000001, action: 'typing' }]);
    expect(stage.gateway.heard.map(({ path }) => path).at(-1)).toBe(`/bot${TOKEN}/sendMessage`);
    expect(stage.bot.heard).toHaveLength(1);
    const counter = 'rapid_fire_messages_handed_off_total{channel="telegram"}';
    expect(await metricOf(stage.batcher, counter)).toBe(3);
    const { body } = await stage.customers.get('/admin/history?phone=tg:700000001');
    expect(body).toMatchObject({ items: [{ channel: 'telegram', messageCount: 3 }] });
  });

  it('answers in the name of the business that was written to, and hears its own words without answering', async () => {
    const message = update('business-message', { message_id: 51 }).business_message ?? {};
    const late = { ...message, message_id: 52, text: 'и на воскресенье?' };
    await bring(
      { update_id: 1, business_message: message },
      { update_id: 2, business_message: late },
      { update_id: 3, edited_business_message: { ...message, text: 'На субботу?', edit_date: 1763700005 } },
      {
        update_id: 4,
        deleted_business_messages: {
          ...{
            business_connection_id: CONNECTION,
            chat: { id: 700000001, type: 'private' },
            message_ids: [52],
          },
        },
      },
    );
    expect(await askedBy('tg:700000001', `?companyId=${CONNECTION}`)).toMatchObject({
      text: 'На субботу?',
      messageCount: 1,
    });
    expect(await bodiesOf('sendMessage')).toEqual([
      { business_connection_id: CONNECTION, chat_id: 700000001, text: 'Есть!' },
    ]);
    // What went out comes back as the owner's, sent by the bot.
    const own = {
      ...{ ...message, message_id: 53, text: 'Есть!', from: { id: 700000555, is_bot: false } },
      sender_business_bot: { id: 7000000099, is_bot: true },
    };
    await bring({ update_id: 5, business_message: own });
    const name =
      'rapid_fire_gateway_events_total{gateway="telegram",kind="echo",outcome="ignored",reason="via-api"}';
    expect(await metricOf(stage.webhook, name)).toBe(1);
    expect(await stage.client.llen(`rapid-fire:${CONNECTION}:tg:700000001`)).toBe(0);
    expect([stage.bot.heard.length, callsOf('sendMessage').length]).toEqual([1, 1]);
  });

  it('answers in the topic in which it was asked', async () => {
    await bring(update('group-reply', { message_thread_id: 42, is_topic_message: true, message_id: 345 }));
    expect(await askedBy(`tg-group:${GROUP}_42`)).toMatchObject({ channel: 'telegram' });
    expect(await bodiesOf('sendMessage')).toEqual([
      { chat_id: Number(GROUP), message_thread_id: 42, text: 'Есть!' },
    ]);
  });

  it('ends the waiting at a button, and shows the bot what was pressed and the phone that the customer has shown', async () => {
    const contact = { phone_number: '+79001234567', first_name: 'Анна', user_id: 700000001 };
    await bring(update('callback-button'), update('voice', { voice: undefined, message_id: 201, contact }));
    expect(await askedBy('tg:700000001')).toMatchObject({
      ...{ text: '16:30', phone: '79001234567', channel: 'telegram' },
      messages: [{ metadata: { buttonId: 'slot_1630' } }, { type: 'contacts' }],
    });
    expect(await bodiesOf('answerCallbackQuery')).toEqual([{ callback_query_id: '3006477107000000001' }]);
  });

  it('keeps its token out of every line', () => {
    expect(stage.output).not.toContain(TOKEN);
  });
});
