import { PHONE, REPLY, type RoundTrip } from './round-trip';

const OWN = '79007654321';
const BARE = `${PHONE}@c.us`;
const JID = `${PHONE}@s.whatsapp.net`;

const venom = (data: object, event?: string): object =>
  event === undefined ? { session: 'venom-1', ...data } : { event, session: 'venom-1', data };
const ofVenom = (number: number): object => ({ id: `false_${BARE}_3AA${number}`, from: BARE, type: 'chat' });

const waha = (event: string, payload: object): object => ({
  ...{ id: 'evt_1', event, session: 'waha-1', me: { id: `${OWN}@c.us` } },
  payload: { timestamp: 1763700001, from: BARE, fromMe: false, ...payload },
});

const evolution = (event: string, data: object): object => ({ event, instance: 'evolution-1', data });
const keyOf = (id: string, fromMe = false, remoteJid = JID): object => ({
  key: { remoteJid, fromMe, id },
  messageTimestamp: 1763700001,
});

const evolutionGo = (Message: object, info: object, event = 'Message'): object => ({
  ...{ event, instanceName: 'go-1', instanceToken: 'token-1' },
  data: { Info: { Chat: JID, Sender: JID, IsFromMe: false, PushName: 'Анна', ...info }, Message },
});
const goKey = (number: number): object => ({ ID: `A${number}`, fromMe: true, remoteJID: JID });

const gowa = (payload: object, event = 'message'): object => ({
  ...{ event, device_id: `${OWN}@s.whatsapp.net`, session_id: 'gowa-1' },
  payload: { chat_id: JID, from: JID, is_from_me: false, ...payload },
});

const wppconnect = (event: string, data: object): object => ({
  ...{ event, session: 'wpp-1', type: 'chat', from: BARE, to: `${OWN}@c.us`, fromMe: false },
  ...data,
});
const wppId = (stanza: string, fromMe = false): string => `${fromMe}_${BARE}_${stanza}`;

/** Gateways that drive a linked client of WhatsApp's. */
export const WHATSAPP_WEB: readonly RoundTrip[] = [
  {
    ...{ gateway: 'venom', customer: PHONE, account: 'venom-1', channel: 'whatsapp', token: 'venom-token' },
    env: (api) => ({ VENOM_SENDER_URL: `${api}/venom`, VENOM_SENDER_TOKEN: 'venom-token' }),
    says: (number, body) => venom({ ...ofVenom(number), body }),
    edits: (number, body) => venom({ ...ofVenom(number), body }, 'onMessageEdit'),
    takesBack: (number) => venom({ ...ofVenom(number), type: 'revoked' }),
    ours: venom({ id: `true_${BARE}_3EB0FF`, fromMe: true, from: `${OWN}@c.us`, to: BARE, body: REPLY }),
    colleague: venom({ id: `true_${BARE}_3A00`, fromMe: true, from: `${OWN}@c.us`, to: BARE, body: 'сама' }),
    sent: {},
    // Its owner's code takes replies, and nothing else.
    showsTyping: null,
    sends: {
      path: '/venom',
      body: { phone: PHONE, chatId: BARE, session: 'venom-1', text: REPLY, replyTo: '3AA1' },
    },
  },
  {
    ...{ gateway: 'waha', customer: PHONE, account: 'waha-1', channel: 'whatsapp', token: 'waha-key' },
    env: (api) => ({ WAHA_API_URL: api, WAHA_API_KEY: 'waha-key' }),
    says: (number, body) => waha('message', { id: `false_${BARE}_AC${number}`, body }),
    edits: (number, body) =>
      waha('message.edited', { id: `false_${BARE}_BC${number}`, editedMessageId: `AC${number}`, body }),
    takesBack: (number) =>
      waha('message.revoked', {
        ...{ after: { id: `false_${BARE}_CC${number}`, from: BARE, fromMe: false } },
        ...{ revokedMessageId: `AC${number}`, before: null },
      }),
    ours: waha('message.any', { id: `true_${BARE}_3EB0FF`, fromMe: true, source: 'api', body: REPLY }),
    colleague: waha('message.any', { id: `true_${BARE}_3A00`, fromMe: true, source: 'app', body: 'сама' }),
    sent: {},
    showsTyping: { path: '/api/startTyping', body: { session: 'waha-1', chatId: BARE } },
    sends: { path: '/api/sendText', body: { session: 'waha-1', chatId: BARE, text: REPLY } },
  },
  {
    ...{ gateway: 'evolution', customer: PHONE, account: 'evolution-1', channel: 'whatsapp' },
    token: 'evolution-key',
    env: (api) => ({ EVOLUTION_API_URL: api, EVOLUTION_API_KEY: 'evolution-key' }),
    says: (number, conversation) =>
      evolution('messages.upsert', { ...keyOf(`3A${number}`), message: { conversation } }),
    // As the one who edits sees it: their own message, in the chat with us.
    edits: (number, conversation) =>
      evolution('messages.edited', {
        ...keyOf(`3A${number}`, true, `${OWN}@s.whatsapp.net`),
        ...{ type: 'MESSAGE_EDIT', editedMessage: { conversation }, timestampMs: '1763700013000' },
      }),
    takesBack: (number) => evolution('messages.delete', { remoteJid: JID, fromMe: false, id: `3A${number}` }),
    ours: evolution('send.message', { ...keyOf('BAE5FF', true), message: { conversation: REPLY } }),
    colleague: evolution('messages.upsert', { ...keyOf('4DA1', true), message: { conversation: 'сама' } }),
    sent: {},
    showsTyping: {
      path: '/chat/sendPresence/evolution-1',
      body: { number: JID, presence: 'composing', delay: expect.any(Number) as number },
    },
    sends: { path: '/message/sendText/evolution-1', body: { number: JID, text: REPLY } },
  },
  {
    ...{ gateway: 'evolution-go', customer: PHONE, account: 'go-1', channel: 'whatsapp', token: 'token-1' },
    env: (api) => ({ EVOLUTION_GO_URL: api, EVOLUTION_GO_API_KEY: 'go-2=token-2,go-1=token-1' }),
    says: (number, conversation) => evolutionGo({ conversation }, { ID: `A${number}` }),
    edits: (number, conversation) =>
      evolutionGo(
        { protocolMessage: { key: goKey(number), type: 14, editedMessage: { conversation } } },
        { ID: `B${number}`, Edit: '1' },
      ),
    takesBack: (number) =>
      evolutionGo({ protocolMessage: { key: goKey(number), type: 0 } }, { ID: `C${number}`, Edit: '7' }),
    ours: evolutionGo({ conversation: REPLY }, { ID: '3EB0FF', IsFromMe: true }, 'SendMessage'),
    colleague: evolutionGo({ conversation: 'сама' }, { ID: '3A0F', IsFromMe: true }),
    sent: { message: 'success', data: { Info: { ID: '3EB0FF' } } },
    showsTyping: {
      path: '/message/presence',
      body: { number: JID, state: 'composing', isAudio: false, delay: expect.any(Number) as number },
    },
    sends: { path: '/send/text', body: { number: JID, text: REPLY, formatJid: false } },
  },
  {
    ...{ gateway: 'gowa', customer: PHONE, account: 'gowa-1', channel: 'whatsapp', token: 'gowa-password' },
    env: (api) => ({ GOWA_API_URL: api, GOWA_BASIC_AUTH: 'user:gowa-password' }),
    says: (number, body) => gowa({ id: `A${number}`, body }),
    edits: (number, body) =>
      gowa({ id: `B${number}`, original_message_id: `A${number}`, body }, 'message.edited'),
    takesBack: (number) => gowa({ id: `C${number}`, revoked_message_id: `A${number}` }, 'message.revoked'),
    ours: gowa({ id: '3EB0FF', is_from_me: true, from: `${OWN}@s.whatsapp.net`, body: REPLY }),
    colleague: gowa({ id: '3A00', is_from_me: true, from: `${OWN}@s.whatsapp.net`, body: 'сама' }),
    sent: {},
    showsTyping: { path: '/send/chat-presence', body: { phone: JID, action: 'start' } },
    sends: { path: '/send/message', body: { phone: JID, message: REPLY } },
  },
  {
    ...{ gateway: 'wppconnect', customer: PHONE, account: 'wpp-1', channel: 'whatsapp' },
    token: 'wppconnect-token',
    env: (api) => ({ WPPCONNECT_URL: api, WPPCONNECT_TOKEN: 'wppconnect-token' }),
    says: (number, body) => wppconnect('onmessage', { id: wppId(`3AA${number}`), body }),
    edits: null,
    takesBack: (number) =>
      wppconnect('onrevokedmessage', { id: wppId(`3AB${number}`), refId: wppId(`3AA${number}`) }),
    ours: wppconnect('onselfmessage', {
      ...{ id: wppId('3EB0FF', true), fromMe: true, from: `${OWN}@c.us`, to: BARE, body: REPLY },
    }),
    colleague: wppconnect('onselfmessage', {
      ...{ id: wppId('3A00', true), fromMe: true, from: `${OWN}@c.us`, to: BARE, body: 'сама' },
    }),
    sent: {},
    showsTyping: {
      path: '/api/wpp-1/typing',
      body: { phone: BARE, isGroup: false, isLid: false, value: true },
    },
    sends: {
      path: '/api/wpp-1/send-message',
      body: { phone: BARE, isGroup: false, isLid: false, message: REPLY },
    },
  },
];
