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

describe('types', () => {
  it.each([
    [
      'a list’s answer',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'r1', title: '15:00', description: 'x' } },
      },
      { text: '15:00', buttonId: 'r1' },
    ],
    [
      'a template’s button',
      { type: 'button', button: { payload: 'p1', text: 'Да' } },
      { text: 'Да', buttonId: 'p1' },
    ],
    [
      'a form',
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: {
            name: 'flow',
            body: 'Sent',
            response_json: '{"flow_token":"t","date":"2026-12-01","with":["Bari"]}',
          },
        },
      },
      { text: 'date: 2026-12-01\nwith: ["Bari"]', metadata: { flow: { name: 'flow' } } },
    ],
    [
      'a document',
      {
        type: 'document',
        document: { id: '9', filename: 'a.pdf', mime_type: 'application/pdf', caption: 'договор' },
      },
      {
        text: 'договор',
        media: [
          { type: 'document', id: '9', filename: 'a.pdf', mimeType: 'application/pdf', caption: 'договор' },
        ],
      },
    ],
    [
      'a file with an address',
      { type: 'image', image: { id: '9', mime_type: 'image/jpeg', url: 'https://lookaside.example/9' } },
      { media: [{ type: 'image', id: '9', mimeType: 'image/jpeg', url: 'https://lookaside.example/9' }] },
    ],
    [
      'cards',
      { type: 'contacts', contacts: [{ name: { formatted_name: 'Бари' }, phones: [{ phone: '+1 555' }] }] },
      {
        text: '',
        media: [{ type: 'contacts' }],
        metadata: { contacts: [{ name: 'Бари', phones: ['+1 555'] }] },
      },
    ],
    [
      'an order',
      { type: 'order', order: { catalog_id: '3', text: 'и чай', product_items: [{ quantity: 1 }] } },
      {
        text: 'и чай',
        media: [{ type: 'order' }],
        metadata: { order: { catalogId: '3', items: [{ quantity: 1 }] } },
      },
    ],
    [
      'what was forwarded often',
      { type: 'text', text: { body: 'да' }, context: { frequently_forwarded: true } },
      { forwarded: true, quotedId: null },
    ],
  ])('%s is a message', (_, changes, wanted) => {
    expect(read(changes)).toMatchObject({ kind: 'message', ...wanted });
  });

  it.each([
    [{ type: 'interactive' }, 'interactive'],
    [{ type: 'unsupported', unsupported: { type: 'poll' }, errors: [{ code: 131051 }] }, 'poll'],
    [{ type: 'image' }, 'image'],
    [{ type: 'constructor', constructor: {} }, 'constructor'],
  ])('%j cannot be shown', (changes, originalType) => {
    expect(read(changes)).toMatchObject({ kind: 'unsupported', customer: '79001234567', originalType });
  });

  it('an edit carries the new text or caption, and its own id', () => {
    const edit = (message: unknown): GatewayEvent | undefined =>
      read({ type: 'edit', edit: { original_message_id: 'wamid.0', message } });
    const wanted = {
      kind: 'edit',
      targetId: 'wamid.0',
      editId: 'wamid.1',
      fromMe: false,
      customer: '79001234567',
    };

    expect(edit({ type: 'text', text: { body: 'нет' } })).toMatchObject({ ...wanted, text: 'нет' });
    expect(edit({ type: 'image', image: { id: '1', caption: 'новая' } })).toMatchObject({
      ...wanted,
      text: 'новая',
    });
    expect(edit({ type: 'image', image: { id: '1' } })).toMatchObject({ ...wanted, text: null });
    expect(edit(undefined)).toMatchObject({ ...wanted, text: null });
  });

  it('a customer known by the user id alone edits and takes back too', () => {
    const changes = {
      from: undefined,
      from_user_id: 'US.77',
      type: 'revoke',
      revoke: { original_message_id: 'wamid.0' },
    };
    expect(read(changes)).toMatchObject({ kind: 'revoke', customer: 'wa-bsuid:US.77', targetId: 'wamid.0' });
  });

  it.each([{ emoji: '' }, {}])('a reaction of %j was taken away', (reaction) => {
    expect(read({ type: 'reaction', reaction: { message_id: 'wamid.0', ...reaction } })).toMatchObject({
      kind: 'reaction',
      text: '',
    });
  });

  it.each([
    [{ type: 'user_changed_user_id', user_id: 'RU.2' }, 'user-id', 'wa-bsuid:RU.2'],
    [{ type: 'customer_identity_changed' }, 'identity', null],
    [{ type: 'something new' }, 'other', null],
  ])('the notice %j changes the %s', (system, change, newCustomer) => {
    expect(read({ type: 'system', system })).toMatchObject({ kind: 'system', change, newCustomer });
  });
});
