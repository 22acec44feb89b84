import type { MergedMessage } from '@app/contracts';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { secretOf } from '../support/gateway-signatures';
import { metricOf } from '../support/operator-stage';
import { type Heard, sendJson } from '../support/stand-in';
import { post, update } from '../support/telegram-updates';

const TOKEN = '7000000099:AAF-demo_token';
const CONNECTION = 'bcQ7demo0AAUl1XfUv3nKx';
const GROUP = '-1007000000001';

describe('a round trip through Telegram', () => {
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
