import type { GatewayEvent } from '../gateway-event';
import { meta } from './meta.gateway';

const CONTACT = { profile: { name: 'Анна' }, wa_id: '79001234567', user_id: 'RU.1349' };
const MESSAGE = {
  from: '79001234567',
  id: 'wamid.1',
  timestamp: '1763700001',
  type: 'text',
  text: { body: 'да' },
};

function post(value: Record<string, unknown>, field = 'messages'): unknown {
  const metadata = { display_phone_number: '15550783881', phone_number_id: '106540352242922' };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field, value: { metadata, ...value } }] }],
  };
}

function read(changes: Record<string, unknown>, contacts: unknown = [CONTACT]): GatewayEvent | undefined {
  return meta.read(post({ contacts, messages: [{ ...MESSAGE, text: undefined, ...changes }] }))[0];
}

describe('people', () => {
  it('phone and user id are learned as a pair, from the message or from its own profile', () => {
    const pair = {
      customer: '79001234567',
      aliases: [{ alias: 'wa-bsuid:RU.1349', phone: '79001234567' }],
      senderName: 'Анна',
    };
    expect(read({ text: { body: 'да' }, from_user_id: 'RU.1349' }, [])).toMatchObject({
      ...pair,
      senderName: null,
    });
    expect(read({ text: { body: 'да' } })).toMatchObject(pair);
    expect(read({ text: { body: 'да' }, from: undefined, from_user_id: 'RU.1349' })).toMatchObject(pair);
  });

  it('a stranger’s profile says nothing of the sender', () => {
    expect(read({ text: { body: 'да' }, from: '5511998765432' })).toMatchObject({
      customer: '5511998765432',
      aliases: [],
      senderName: null,
    });
  });

  it('the account is the phone number id', () => {
    expect(read({ text: { body: 'да' } })).toMatchObject({ account: '106540352242922', companyId: null });
  });

  it('a group is the customer, and its own id is where the reply goes', () => {
    expect(read({ text: { body: 'да' }, group_id: 'Y2FwaV9ncm91cA==' })).toMatchObject({
      customer: 'wa-group:Y2FwaV9ncm91cA==',
      sender: '79001234567',
      chatId: 'Y2FwaV9ncm91cA==',
    });
  });
});

describe('envelopes', () => {
  it('an answer from the phone app is a human’s echo, its edits and deletions are our own', () => {
    const echo = { ...MESSAGE, from: '15550783881', to: '79001234567', to_user_id: 'RU.1349' };
    const echoes = [
      echo,
      { ...echo, type: 'revoke', revoke: { original_message_id: 'wamid.0' } },
      {
        ...echo,
        type: 'edit',
        edit: { original_message_id: 'wamid.0', message: { type: 'text', text: { body: 'x' } } },
      },
    ];
    expect(meta.read(post({ message_echoes: echoes }, 'smb_message_echoes'))).toMatchObject([
      { kind: 'echo', viaApi: false, customer: '79001234567' },
      { kind: 'revoke', fromMe: true },
      { kind: 'edit', fromMe: true },
    ]);
  });

  it('the status of a message in a group belongs to the group', () => {
    const status = {
      id: 'wamid.9',
      status: 'played',
      recipient_type: 'group',
      recipient_id: 'abc',
      recipient_participant_id: '79001234567',
    };
    expect(meta.read(post({ statuses: [status] }))).toMatchObject([
      {
        kind: 'status',
        status: 'played',
        customer: 'wa-group:abc',
        sender: '79001234567',
        messageId: 'wamid.9',
      },
    ]);
  });

  it.each([
    [post({ errors: [{ code: 1 }] }), 'gateway-error'],
    [post({}), 'malformed'],
    [post({ messages: [MESSAGE] }, 'history'), 'history'],
    [post({}, 'account_update'), 'other-event'],
    [{ object: 'whatsapp_business_account' }, 'malformed'],
    [post({ messages: [{ ...MESSAGE, from: '<PHONE>' }] }), 'invalid-customer'],
  ])('%j is ignored as %s', (payload, reason) => {
    expect(meta.read(payload)).toMatchObject([{ kind: 'ignored', reason }]);
  });

  it('a value that was passed on without its envelope is read', () => {
    expect(meta.read({ contacts: [CONTACT], messages: [MESSAGE] })).toMatchObject([
      { kind: 'message', text: 'да' },
    ]);
  });
});

describe('what partners and the newest versions send', () => {
  it('a voice note in the form of the API on premises', () => {
    const voice = { id: '1', mime_type: 'audio/ogg; codecs=opus' };
    expect(read({ type: 'voice', voice })).toMatchObject({
      kind: 'message',
      type: 'voice',
      media: [{ id: '1' }],
    });
  });

  it('a question about a product names it', () => {
    const product = { catalog_id: '7', product_retailer_id: 'cut-1' };
    const asked = { type: 'text', text: { body: 'Сколько?' }, context: { referred_product: product } };
    expect(read(asked)).toMatchObject({ text: 'Сколько?', metadata: { product } });
    const sent = {
      type: 'interactive',
      interactive: { type: 'product', body: { text: 'Это' }, action: product },
    };
    expect(read(sent)).toMatchObject({ kind: 'message', text: 'Это', metadata: { product } });
  });
});
