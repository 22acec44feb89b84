import { PHONE, REPLY, type RoundTrip } from './round-trip';

const CONNECTION = 'bcQ7demo0AAUl1XfUv3nKx';
const BOT_TOKEN = '7000000099:AAF-demo_token';
const ANNA = { id: 700000001, is_bot: false, first_name: 'Анна' };
const PRIVATE = { id: ANNA.id, type: 'private', first_name: 'Анна' };

/** A business chat of Telegram's, where all is told; ordinary chats show neither deletions nor our own words. */
const telegram = (kind: string, message: object): object => ({
  ...{ update_id: 1 },
  [kind]: {
    ...{ business_connection_id: CONNECTION, chat: PRIVATE, from: ANNA, date: 1763700001 },
    ...message,
  },
});
const byOwner = { from: { id: 700000555, is_bot: false, first_name: 'Ольга' } };

const max = (update_type: string, body: object): object => ({
  ...{ update_type, timestamp: 1763700002000 },
  message: {
    ...{ sender: { user_id: 710000001, first_name: 'Анна', is_bot: false }, timestamp: 1763700001000 },
    ...{ recipient: { chat_id: 730000045, chat_type: 'dialog', user_id: 720000009 }, body },
  },
});

const INSTANCE = 1101000001;
const greenApi = (messageData: object, idMessage: string, typeWebhook: string): object => ({
  ...{ typeWebhook, idMessage, messageData, timestamp: 1763700001 },
  instanceData: { idInstance: INSTANCE, wid: '79007654321@c.us', typeInstance: 'whatsapp' },
  senderData: { chatId: `${PHONE}@c.us`, sender: `${PHONE}@c.us`, senderName: 'Анна' },
});
const incoming = (messageData: object, idMessage: string): object =>
  greenApi(messageData, idMessage, 'incomingMessageReceived');
const words = (textMessage: string): object => ({
  ...{ typeMessage: 'textMessage', textMessageData: { textMessage } },
});

const chatwoot = (event: string, message: object): object => ({
  ...{ event, account: { id: 3 }, conversation: { id: 57, channel: 'Channel::WebWidget' }, private: false },
  ...{ message_type: 'incoming', sender: { id: 812, name: 'Анна' }, content_attributes: {} },
  ...message,
});

const SID = 'AC00000000000000000000000000000000';

/** Gateways of everybody else's. */
export const OTHERS: readonly RoundTrip[] = [
  {
    ...{ gateway: 'telegram', customer: 'tg:700000001', account: CONNECTION, channel: 'telegram' },
    token: BOT_TOKEN,
    env: (api) => ({ TELEGRAM_API_URL: api, TELEGRAM_BOT_TOKEN: BOT_TOKEN }),
    says: (message_id, text) => telegram('business_message', { message_id, text }),
    edits: (message_id, text) =>
      telegram('edited_business_message', { message_id, text, edit_date: 1763700009 }),
    takesBack: (number) => telegram('deleted_business_messages', { message_ids: [number] }),
    ours: telegram('business_message', {
      ...{ message_id: 9, text: REPLY, ...byOwner, sender_business_bot: { id: 7000000099, is_bot: true } },
    }),
    colleague: telegram('business_message', { message_id: 10, text: 'сама', ...byOwner }),
    sent: { ok: true, result: { message_id: 9, chat: PRIVATE } },
    showsTyping: {
      path: `/bot${BOT_TOKEN}/sendChatAction`,
      body: { business_connection_id: CONNECTION, chat_id: ANNA.id, action: 'typing' },
    },
    sends: {
      path: `/bot${BOT_TOKEN}/sendMessage`,
      body: { business_connection_id: CONNECTION, chat_id: ANNA.id, text: REPLY },
    },
  },
  {
    ...{ gateway: 'max', customer: 'max:730000045', account: null, channel: 'max', token: 'max-token' },
    env: (api) => ({ MAX_API_URL: api, MAX_BOT_TOKEN: 'max-token' }),
    says: (number, text) => max('message_created', { mid: `mid.${number}`, text }),
    edits: (number, text) => max('message_edited', { mid: `mid.${number}`, text }),
    takesBack: (number) => ({
      ...{ update_type: 'message_removed', message_id: `mid.${number}`, chat_id: 730000045 },
      ...{ user_id: 710000001, timestamp: 1763700003000 },
    }),
    ours: null,
    colleague: null,
    sent: { message: { body: { mid: 'mid.9' } } },
    showsTyping: { path: '/chats/730000045/actions', body: { action: 'typing_on' } },
    sends: { path: '/messages?chat_id=730000045', body: { text: REPLY } },
  },
  {
    ...{ gateway: 'green-api', customer: PHONE, account: String(INSTANCE), channel: 'whatsapp' },
    token: 'green-api-token',
    env: (api) => ({ GREEN_API_URL: api, GREEN_API_TOKEN: `${INSTANCE}=green-api-token` }),
    says: (number, text) => incoming(words(text), `m-${number}`),
    edits: (number, textMessage) =>
      incoming(
        { typeMessage: 'editedMessage', editedMessageData: { textMessage, stanzaId: `m-${number}` } },
        `e-${number}`,
      ),
    takesBack: (number) =>
      incoming({ typeMessage: 'deletedMessage', deletedMessageData: { stanzaId: `m-${number}` } }, 'd-1'),
    ours: greenApi(words(REPLY), 'BAE5F00DCAFE0001', 'outgoingAPIMessageReceived'),
    colleague: greenApi(words('сама'), '3A00', 'outgoingMessageReceived'),
    sent: { idMessage: 'BAE5F00DCAFE0001' },
    showsTyping: {
      path: `/waInstance${INSTANCE}/sendTyping/green-api-token`,
      body: { chatId: `${PHONE}@c.us`, typingTime: 5_000 },
    },
    sends: {
      path: `/waInstance${INSTANCE}/sendMessage/green-api-token`,
      body: { chatId: `${PHONE}@c.us`, message: REPLY },
    },
  },
  {
    ...{ gateway: 'chatwoot', customer: 'cw:57', account: '3', channel: 'chatwoot', token: 'chatwoot-token' },
    env: (api) => ({ CHATWOOT_URL: api, CHATWOOT_TOKEN: 'chatwoot-token' }),
    says: (id, content) => chatwoot('message_created', { id, content }),
    edits: (id, content) => chatwoot('message_updated', { id, content }),
    takesBack: (id) =>
      chatwoot('message_updated', {
        ...{ id, content: 'This message was deleted', content_attributes: { deleted: true } },
      }),
    ours: chatwoot('message_created', {
      ...{ id: 9, content: REPLY, message_type: 'outgoing', sender: { id: 5, type: 'agent_bot' } },
    }),
    colleague: chatwoot('message_created', {
      ...{ id: 10, content: 'сама', message_type: 'outgoing', sender: { id: 24, type: 'user' } },
    }),
    sent: { id: 9 },
    showsTyping: {
      path: '/api/v1/accounts/3/conversations/57/toggle_typing_status',
      body: { typing_status: 'on' },
    },
    sends: {
      path: '/api/v1/accounts/3/conversations/57/messages',
      body: { content: REPLY, message_type: 'outgoing', private: false },
    },
  },
  {
    ...{ gateway: 'twilio', customer: PHONE, account: '15550783881', channel: 'whatsapp' },
    token: Buffer.from(`${SID}:`).toString('base64').slice(0, 40),
    env: (api) => ({ TWILIO_ACCOUNT_SID: SID, TWILIO_API_URL: api }),
    says: (number, Body) => ({
      ...{ MessageSid: `SM0000000000000000000000000000000${number}`, Body, NumMedia: '0', WaId: PHONE },
      ...{ From: `whatsapp:+${PHONE}`, To: 'whatsapp:+15550783881' },
    }),
    edits: null,
    takesBack: null,
    ours: null,
    colleague: null,
    sent: { sid: 'SM9' },
    showsTyping: {
      path: '/v2/Indicators/Typing.json',
      body: { channel: 'whatsapp', messageId: 'SM00000000000000000000000000000002' },
    },
    sends: {
      path: `/2010-04-01/Accounts/${SID}/Messages.json`,
      body: { To: `whatsapp:+${PHONE}`, From: 'whatsapp:+15550783881', Body: REPLY },
    },
  },
];
