import type { GatewayEvent } from '../gateway-event';
import { waha } from './waha.gateway';

const ENVELOPE = {
  id: 'evt_1',
  timestamp: 1763700002000,
  session: 'default',
  metadata: { 'company.id': '123456' },
  me: { id: '79007654321@c.us', lid: '998877665544332@lid' },
};
const MESSAGE = {
  id: 'false_79001234567@c.us_3A11',
  timestamp: 1763700001,
  from: '79001234567@c.us',
  fromMe: false,
  source: 'app',
  body: 'да',
  hasMedia: false,
};

function read(payload: Record<string, unknown>, event = 'message', envelope = {}): GatewayEvent | undefined {
  return waha.read({ ...ENVELOPE, ...envelope, event, payload: { ...MESSAGE, ...payload } })[0];
}

describe('accounts', () => {
  it('the session is the account, and its metadata may name the company', () => {
    expect(read({})).toMatchObject({
      account: 'default',
      companyId: '123456',
      metadata: { session: { 'company.id': '123456' } },
    });
    expect(read({}, 'message', { metadata: { companyId: 7 } })).toMatchObject({ companyId: 7 });
    expect(read({}, 'message', { metadata: {} })).toMatchObject({ companyId: null });
    expect(read({}, 'message', { metadata: { companyId: '{p01}' } })).toMatchObject({ companyId: null });
  });
});

describe('people', () => {
  const LID = { id: 'false_241758390126644@lid_3A11', from: '241758390126644@lid' };

  it.each([
    ['NOWEB', { key: { remoteJid: '241758390126644@lid', remoteJidAlt: '79001234567@s.whatsapp.net' } }],
    [
      'GOWS',
      {
        Info: {
          Chat: '241758390126644@lid',
          Sender: '241758390126644:3@lid',
          SenderAlt: '79001234567:3@s.whatsapp.net',
        },
      },
    ],
  ])('%s shows the phone behind a LID', (_, _data) => {
    expect(read({ ...LID, _data })).toMatchObject({
      customer: '79001234567',
      chatId: '241758390126644@lid',
      aliases: [{ alias: 'wa-lid:241758390126644', phone: '79001234567' }],
    });
  });

  it('in what we sent, the other address under GOWS is the recipient’s', () => {
    const Info = {
      Chat: '241758390126644@lid',
      IsFromMe: true,
      SenderAlt: '79007654321@s.whatsapp.net',
      RecipientAlt: '79001234567@s.whatsapp.net',
    };
    expect(
      read({ ...LID, id: 'true_241758390126644@lid_3A11', fromMe: true, _data: { Info } }, 'message.any'),
    ).toMatchObject({
      kind: 'echo',
      customer: '79001234567',
    });
  });

  it('under WEBJS our own message is from us, and its chat is in its id', () => {
    const own = {
      id: 'true_79001234567@c.us_3A11',
      from: '79007654321@c.us',
      to: '79001234567@c.us',
      fromMe: true,
    };
    expect(read(own, 'message.any')).toMatchObject({ kind: 'echo', customer: '79001234567', viaApi: false });
  });

  it.each([
    ['120363144038483540@newsletter', 'channel'],
    ['1546387654@broadcast', 'broadcast'],
  ])('%s is ignored', (chat, reason) => {
    expect(read({ id: `false_${chat}_3A11`, from: chat })).toMatchObject({ kind: 'ignored', reason });
  });
});

describe('events', () => {
  it('an encrypted edit keeps the old text', () => {
    expect(read({ body: '', editedMessageId: 'AC2A' }, 'message.edited')).toMatchObject({
      kind: 'edit',
      targetId: 'AC2A',
      editId: '3A11',
      text: null,
    });
  });

  it('under WEBJS an edit is told from the next by when it was posted', () => {
    expect(read({ editedMessageId: '3A11' }, 'message.edited')).toMatchObject({
      targetId: '3A11',
      editId: null,
      timestampMs: 1763700002000,
    });
  });

  it('a revocation points at the message, or at what is left of it', () => {
    const before = { ...MESSAGE, id: 'false_79001234567@c.us_3A00' };
    const payload = (revoked: unknown): unknown => ({
      ...ENVELOPE,
      event: 'message.revoked',
      payload: revoked,
    });
    expect(waha.read(payload({ after: MESSAGE, before }))).toMatchObject([
      { kind: 'revoke', targetId: '3A00' },
    ]);
    expect(waha.read(payload({ after: null, before }))).toMatchObject([{ kind: 'revoke', targetId: '3A00' }]);
    expect(waha.read(payload({ after: MESSAGE }))).toMatchObject([
      { kind: 'revoke', targetId: '3A11', customer: '79001234567' },
    ]);
  });

  it('a reaction that an old engine took for a message is none', () => {
    const reactionMessage = { key: { id: '3EB0BB' }, text: '👍' };
    expect(read({ body: null, _data: { message: { reactionMessage } } }, 'message.any')).toMatchObject({
      kind: 'reaction',
      targetId: '3EB0BB',
    });
  });

  it('in a group everybody who types is heard, and who is online is not', () => {
    const presences = [
      { participant: '79001111111@c.us', lastKnownPresence: 'typing' },
      { participant: '79002222222@c.us', lastKnownPresence: 'recording' },
      { participant: '79003333333@c.us', lastKnownPresence: 'online' },
      { participant: '79004444444@c.us', lastKnownPresence: 'offline' },
      'nonsense',
    ];
    const payload = { id: '120363041234567890@g.us', presences };
    expect(waha.read({ ...ENVELOPE, event: 'presence.update', payload })).toMatchObject([
      {
        kind: 'presence',
        state: 'composing',
        sender: '79001111111',
        customer: 'wa-group:120363041234567890',
      },
      { kind: 'presence', state: 'recording', sender: '79002222222' },
      { kind: 'ignored', reason: 'online' },
      { kind: 'presence', state: 'paused' },
      { kind: 'ignored', reason: 'malformed' },
    ]);
  });

  it.each([
    ['message.ack.group', 'status', undefined],
    ['message.waiting', 'ignored', 'undecrypted'],
    ['poll.vote', 'ignored', 'other-event'],
    ['constructor', 'ignored', 'other-event'],
  ])('%s is %s', (event, kind, reason) => {
    expect(read({ ack: 1 }, event)).toMatchObject(reason === undefined ? { kind } : { kind, reason });
  });

  it('without a source, the id tells who sent it', () => {
    expect(
      read({ id: 'true_79001234567@c.us_3EB0FF', fromMe: true, source: undefined }, 'message.any'),
    ).toMatchObject({ viaApi: true });
  });
});

describe('without a chat', () => {
  const NOBODY = { id: undefined, from: undefined, fromMe: undefined };

  it('a revocation is found by the id of its message alone', () => {
    const payload = { ...NOBODY, after: null, before: null, revokedMessageId: 'AC2A' };
    expect(read(payload, 'message.revoked')).toMatchObject({
      kind: 'revoke',
      targetId: 'AC2A',
      customer: null,
      fromMe: false,
    });
  });

  it('so is an edit', () => {
    expect(read({ ...NOBODY, editedMessageId: 'AC2A', body: 'нет' }, 'message.edited')).toMatchObject({
      kind: 'edit',
      targetId: 'AC2A',
      text: 'нет',
      customer: null,
    });
  });

  it('but an event that names neither has no customer', () => {
    expect(read(NOBODY, 'message.revoked')).toMatchObject({ kind: 'ignored', reason: 'invalid-customer' });
  });
});
