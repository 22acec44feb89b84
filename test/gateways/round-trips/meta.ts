import { PHONE, REPLY, type RoundTrip } from './round-trip';

const NUMBER_ID = '106540352242922';
const PAGE = '117000000000001';
const ACCOUNT = '17841400000000000';

const meta = (value: object, field = 'messages'): object => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          field,
          value: { messaging_product: 'whatsapp', metadata: { phone_number_id: NUMBER_ID }, ...value },
        },
      ],
    },
  ],
});
const ofMeta = (message: object): object =>
  meta({ messages: [{ from: PHONE, timestamp: '1763700001', ...message }] });

/** An item of Messenger's or Instagram's. */
const item = (object: string, account: string, [from, to]: [string, string], said: object): object => ({
  object,
  entry: [
    {
      ...{ id: account, time: 1763700001250 },
      messaging: [{ sender: { id: from }, recipient: { id: to }, timestamp: 1763700001000, ...said }],
    },
  ],
});

const ANNA = '3383000000000001';
const ofPage = (said: object): object => item('page', PAGE, [ANNA, PAGE], said);
const byPage = (message: object): object => item('page', PAGE, [PAGE, ANNA], { message });
const ofAccount = (said: object): object => item('instagram', ACCOUNT, [ANNA, ACCOUNT], said);
const byAccount = (message: object): object => item('instagram', ACCOUNT, [ACCOUNT, ANNA], { message });

const text = (body: object): object => ({ recipient: { id: ANNA }, ...body });

/** Gateways of Meta's own. */
export const META: readonly RoundTrip[] = [
  {
    ...{ gateway: 'meta', customer: PHONE, account: NUMBER_ID, channel: 'whatsapp', token: 'meta-token' },
    env: (api) => ({ META_API_URL: `${api}/v23.0/`, META_API_TOKEN: 'meta-token' }),
    says: (number, body) => ofMeta({ id: `wamid.A${number}`, type: 'text', text: { body } }),
    edits: (number, body) =>
      ofMeta({
        ...{ id: `wamid.B${number}`, type: 'edit' },
        edit: { original_message_id: `wamid.A${number}`, message: { type: 'text', text: { body } } },
      }),
    takesBack: (number) =>
      ofMeta({
        ...{ id: `wamid.C${number}`, type: 'revoke', revoke: { original_message_id: `wamid.A${number}` } },
      }),
    // It tells how our messages fare, and never what they say.
    ours: null,
    colleague: meta(
      {
        message_echoes: [
          { from: '15550783881', to: PHONE, id: 'wamid.D', timestamp: '1763700001', type: 'text' },
        ],
      },
      'smb_message_echoes',
    ),
    sent: { messages: [{ id: 'wamid.E' }] },
    showsTyping: {
      path: `/v23.0/${NUMBER_ID}/messages`,
      body: {
        ...{ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.A1' },
        typing_indicator: { type: 'text' },
      },
    },
    sends: {
      path: `/v23.0/${NUMBER_ID}/messages`,
      body: {
        ...{ messaging_product: 'whatsapp', recipient_type: 'individual', to: PHONE },
        ...{ type: 'text', text: { body: REPLY } },
      },
    },
  },
  {
    ...{ gateway: 'messenger', customer: `fb:${ANNA}`, account: PAGE, channel: 'messenger' },
    token: 'page-token',
    env: (api) => ({ MESSENGER_API_URL: `${api}/v23.0`, MESSENGER_API_TOKEN: 'page-token' }),
    says: (number, said) => ofPage({ message: { mid: `m_${number}`, text: said } }),
    edits: (number, said) => ofPage({ message_edit: { mid: `m_${number}`, text: said, num_edit: 1 } }),
    takesBack: null,
    ours: byPage({ mid: 'm_9', is_echo: true, app_id: 1517776481860111, text: REPLY }),
    colleague: byPage({ mid: 'm_10', is_echo: true, app_id: 263902037430900, text: 'сама' }),
    sent: { recipient_id: ANNA, message_id: 'm_9' },
    showsTyping: { path: `/v23.0/${PAGE}/messages`, body: text({ sender_action: 'typing_on' }) },
    sends: {
      path: `/v23.0/${PAGE}/messages`,
      body: text({ messaging_type: 'RESPONSE', message: { text: REPLY } }),
    },
  },
  {
    ...{ gateway: 'instagram', customer: `ig:${ANNA}`, account: ACCOUNT, channel: 'instagram' },
    token: 'account-token',
    env: (api) => ({ INSTAGRAM_API_URL: `${api}/v23.0`, INSTAGRAM_API_TOKEN: 'account-token' }),
    says: (number, said) => ofAccount({ message: { mid: `m_${number}`, text: said } }),
    edits: null,
    takesBack: (number) => ofAccount({ message: { mid: `m_${number}`, is_deleted: true } }),
    ours: byAccount({ mid: 'm_9', is_echo: true, app_id: 1517776481860111, text: REPLY }),
    colleague: byAccount({ mid: 'm_10', is_echo: true, app_id: 1217981644879628, text: 'сама' }),
    sent: { recipient_id: ANNA, message_id: 'm_9' },
    showsTyping: { path: `/v23.0/${ACCOUNT}/messages`, body: text({ sender_action: 'typing_on' }) },
    sends: {
      path: `/v23.0/${ACCOUNT}/messages`,
      body: text({ messaging_type: 'RESPONSE', message: { text: REPLY } }),
    },
  },
];
