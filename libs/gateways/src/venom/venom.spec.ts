import type { GatewayEvent } from '../gateway-event';
import { sample } from '../testing/samples';
import { venom } from './venom.gateway';

const TEXT = sample('venom/text-private.json');

function read(changes: Record<string, unknown>): GatewayEvent | undefined {
  return venom.read({ ...TEXT, ...changes })[0];
}

describe('what Venom’s forwarders post', () => {
  it.each([
    ['flat', { event: 'onMessage', ...TEXT }],
    ['under data', { event: 'onMessage', session: 'salon', data: TEXT }],
    ['under payload', { event: 'onAnyMessage', payload: TEXT }],
  ])('a message told by its callback’s name is read, %s', (_, posted) => {
    expect(venom.read(posted)).toMatchObject([
      { kind: 'message', text: 'Здравствуйте', customer: '79001234567' },
    ]);
  });

  it('a callback that brings no message is left alone', () => {
    expect(venom.read({ event: 'onStateChange', data: 'CONNECTED' })).toMatchObject([
      { kind: 'ignored', reason: 'other-event' },
    ]);
  });

  it('an edit is told by its callback, or by what WhatsApp Web notes in the message', () => {
    const edit = {
      kind: 'edit',
      targetId: '3EB0A1B2C3D4E5F60718',
      text: 'на завтра',
      customer: '79001234567',
    };
    expect(venom.read({ event: 'onMessageEdit', data: { ...TEXT, body: 'на завтра' } })).toMatchObject([
      edit,
    ]);
    expect(read({ body: 'на завтра', latestEditSenderTimestampMs: 1763700009000 })).toMatchObject({
      ...edit,
      timestampMs: 1763700009000,
    });
  });

  it('an edited caption is the new text, and a thumbnail never is', () => {
    const image = sample('venom/image-caption.json');
    const edit = (caption?: string): GatewayEvent[] =>
      venom.read({ event: 'onMessageEdit', data: { ...image, caption } });
    expect(edit('новая')).toMatchObject([{ kind: 'edit', text: 'новая' }]);
    expect(edit()).toMatchObject([{ kind: 'edit', text: null }]);
  });

  it('a deletion is told by its callback, whatever is left of the message', () => {
    expect(venom.read({ event: 'onMessageDelete', data: TEXT })).toMatchObject([
      { kind: 'revoke', targetId: '3EB0A1B2C3D4E5F60718' },
    ]);
  });

  it('an acknowledgement is a status', () => {
    expect(venom.read({ event: 'onAck', data: { ...TEXT, ack: 3 } })).toMatchObject([
      { kind: 'status', status: 'read' },
    ]);
  });

  it.each(['paused', 'recording'])('%s is presence', (state) => {
    expect(venom.read({ ...sample('venom/chatstate-composing.json'), type: state })).toMatchObject([
      { kind: 'presence', state, customer: '79001234567' },
    ]);
  });

  it('being online is no typing', () => {
    expect(venom.read({ ...sample('venom/chatstate-composing.json'), type: 'available' })).toMatchObject([
      { kind: 'ignored', reason: 'online' },
    ]);
  });

  it('a group is known by @g.us alone, its sender by the author', () => {
    expect(
      read({ isGroupMsg: undefined, from: '120363041234567890@g.us', author: '79001234567@c.us' }),
    ).toMatchObject({
      customer: 'wa-group:120363041234567890',
      sender: '79001234567',
    });
  });

  it('a chat id may be an object', () => {
    expect(
      read({
        from: undefined,
        chatId: { server: 'c.us', user: '79001234567', _serialized: '79001234567@c.us' },
      }),
    ).toMatchObject({
      customer: '79001234567',
    });
  });

  it('a LID is paired with the phone that the sender’s profile shows', () => {
    expect(
      read({ from: '241758390126644@lid', id: 'false_241758390126644@lid_3EB0A1', chatId: undefined }),
    ).toMatchObject({
      customer: '79001234567',
      aliases: [{ alias: 'wa-lid:241758390126644', phone: '79001234567' }],
    });
  });

  it('the thumbnail of a place is not its text', () => {
    expect(
      read({ type: 'location', body: '/9j/4AAQSkZJRg', content: '/9j/', lat: 55.75, lng: 37.61 }),
    ).toMatchObject({
      kind: 'message',
      text: '',
      media: [{ type: 'location' }],
      metadata: { location: { latitude: 55.75, longitude: 37.61 } },
    });
  });

  it('a list’s answer is its title, and carries the row', () => {
    const answer = {
      type: 'list_response',
      body: '15:00',
      listResponse: { singleSelectReply: { selectedRowId: 'slot_1500' } },
    };
    expect(read(answer)).toMatchObject({ kind: 'message', text: '15:00', buttonId: 'slot_1500' });
  });

  it.each([
    ['e2e_notification', 'ignored', 'protocol'],
    ['ciphertext', 'ignored', 'undecrypted'],
  ])('%s is %s: %s', (type, kind, reason) => {
    expect(read({ type, body: undefined, content: undefined })).toMatchObject({ kind, reason });
  });

  it('a type that cannot be shown is reported', () => {
    expect(read({ type: 'poll_creation', body: undefined, content: undefined })).toMatchObject({
      kind: 'unsupported',
      originalType: 'poll_creation',
    });
  });

  it('what the phone sent is a human’s echo, what the web client sent is ours', () => {
    const own = sample('venom/own-onanymessage.json');
    expect(venom.read(own)).toMatchObject([{ kind: 'echo', viaApi: true }]);
    expect(venom.read({ ...own, id: 'true_79001234567@c.us_3A99FFFF000011112222' })).toMatchObject([
      { kind: 'echo', viaApi: false },
    ]);
  });
});
