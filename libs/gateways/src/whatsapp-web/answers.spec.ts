import type { GatewayEvent } from '../gateway-event';
import { readBy } from '../testing/samples';

const CHAT = '79000000001@c.us';
const KEY = { remoteJid: '79000000001@s.whatsapp.net', id: '3EA1', fromMe: false };

/** A message of WhatsApp's in the wrapping of each gateway that hands on a linked client's own form. */
const LINKED: Readonly<Record<string, (message: object, more?: object) => unknown>> = {
  evolution: (message, more) => ({
    ...{ event: 'messages.upsert', instance: 'salon', sender: '79007654321@s.whatsapp.net' },
    data: { key: KEY, message, messageTimestamp: 1795900000, ...more },
  }),
  waha: (message, more) => wahaBody({ key: KEY, message, ...more }, null),
  'evolution-go': (message, more) => ({
    ...{ event: 'Message', instanceName: 'salon' },
    data: {
      Info: { Chat: KEY.remoteJid, ID: KEY.id, IsFromMe: false, Timestamp: '2026-11-28T12:00:00Z' },
      ...{ Message: message, SourceWebMsg: more, IsViewOnce: more !== undefined && 'key' in more },
    },
  }),
};

/** A message in the form of a web client's own store. */
const STORED: Readonly<Record<string, (data: object, body: string) => unknown>> = {
  waha: (data, body) => wahaBody(data, body),
  venom: (data, body) => ({ id: `false_${CHAT}_3EA1`, from: CHAT, t: 1795900000, body, ...data }),
  wppconnect: (data, body) => ({
    ...{ event: 'onmessage', session: 'salon', id: `false_${CHAT}_3EA1`, from: CHAT, t: 1795900000 },
    ...{ body, ...data },
  }),
};

function wahaBody(_data: object, body: string | null): unknown {
  return {
    ...{ event: 'message', session: 'default', me: { id: '79007654321@c.us' } },
    payload: {
      ...{ id: `false_${CHAT}_3EA1`, from: CHAT, fromMe: false, timestamp: 1795900000 },
      ...{ body, hasMedia: false, _data },
    },
  };
}

const linked = (name: string, message: object, more?: object): GatewayEvent | undefined =>
  readBy(name, LINKED[name]?.(message, more))[0];
const stored = (name: string, data: object, body = ''): GatewayEvent | undefined =>
  readBy(name, STORED[name]?.(data, body))[0];

const contextInfo = { stanzaId: 'Q1' };
const native = (paramsJson: string, body?: object): object => ({
  interactiveResponseMessage: { body, nativeFlowResponseMessage: { name: 'x', paramsJson }, contextInfo },
});

describe.each(Object.keys(LINKED))('an answer by %s, in a linked client’s form', (name) => {
  it.each([
    [
      'a button',
      { buttonsResponseMessage: { selectedButtonId: 'b1', selectedDisplayText: 'Да', contextInfo } },
      'Да',
    ],
    [
      'a template’s',
      { templateButtonReplyMessage: { selectedId: 'b1', selectedDisplayText: 'Да', contextInfo } },
      'Да',
    ],
    // Older clients send no title.
    ['one without a title', { templateButtonReplyMessage: { selectedId: 'b1', contextInfo } }, 'b1'],
    [
      'a row',
      { listResponseMessage: { title: 'Да', singleSelectReply: { selectedRowId: 'b1' }, contextInfo } },
      'Да',
    ],
    ['a native reply', native('{"id":"b1"}', { text: 'Да' }), 'Да'],
    ['one whose title is in its parameters', native('{"id":"b1","display_text":"Да"}'), 'Да'],
    ['a row of a native list', native('{"id":"b1","title":"Да","description":"x"}'), 'Да'],
  ])('%s has its words, its id and what it answers', (_, message, text) => {
    expect(linked(name, message)).toMatchObject({ kind: 'message', text, buttonId: 'b1', quotedId: 'Q1' });
  });

  it('a form has its answers as words, and whole', () => {
    const answers = { flow_token: 't', date: '2026-12-01', note: 'да '.repeat(3_000) };
    const event = linked(name, native(JSON.stringify(answers), { text: 'Sent' }));
    expect(event).toMatchObject({ text: `date: 2026-12-01\nnote: ${answers.note}`, quotedId: 'Q1' });
    const { flow } = (event as unknown as { metadata: { flow: { response: string } } }).metadata;
    expect(JSON.parse(flow.response)).toEqual(answers);
  });
});

describe.each(Object.keys(STORED))('an answer by %s, in a web client’s form', (name) => {
  const listResponse = { title: 'Да', singleSelectReply: { selectedRowId: 'b1' } };

  it.each([
    ['a button', { type: 'buttons_response', selectedButtonId: 'b1' }, 'Да', 'Да'],
    ['a template’s', { type: 'template_button_reply', selectedId: 'b1' }, 'Да', 'Да'],
    ['one without a title', { type: 'template_button_reply', selectedId: 'b1' }, '', 'b1'],
    ['a row', { type: 'list_response', listResponse }, 'Да', 'Да'],
    ['a row whose title stands aside', { type: 'list_response', listResponse }, '', 'Да'],
  ])('%s has its words, its id and what it answers', (_, data, body, text) => {
    expect(stored(name, { ...data, quotedStanzaID: 'Q1' }, body)).toMatchObject({
      ...{ kind: 'message', text, buttonId: 'b1', quotedId: 'Q1' },
    });
  });

  it('what is asked by a poll or an appointment has its name as words', () => {
    const poll = { type: 'poll_creation', pollName: 'Когда?', pollOptions: [{ name: 'пт' }, { name: 'сб' }] };
    expect(stored(name, poll)).toMatchObject({
      ...{ text: 'Когда?', metadata: { poll: { options: ['пт', 'сб'] } } },
    });
    const event = { type: 'event_creation', eventName: 'Стрижка', eventDescription: 'в салоне' };
    expect(stored(name, event)).toMatchObject({
      ...{ text: 'Стрижка', metadata: { event: { description: 'в салоне' } } },
    });
  });
});

describe('a notice is one on every gateway', () => {
  it.each(['album', 'e2e_notification', 'gp2', 'call_log', 'notification_template', 'poll_update'])(
    '%s says nothing',
    (type) => {
      for (const name of Object.keys(STORED))
        expect(stored(name, { type })).toMatchObject({ kind: 'ignored', reason: 'protocol' });
    },
  );

  it('a place that is kept for a message is none, and no misunderstanding', () => {
    for (const name of Object.keys(STORED))
      expect(stored(name, { type: 'ciphertext' })).toMatchObject({ kind: 'ignored', reason: 'undecrypted' });
    for (const name of Object.keys(LINKED)) {
      expect(linked(name, {}, { messageStubType: 2 })).toMatchObject({ reason: 'undecrypted' });
      expect(linked(name, {}, { messageStubType: 'CIPHERTEXT' })).toMatchObject({ reason: 'undecrypted' });
    }
  });

  it.each([
    ['an album', { albumMessage: { expectedImageCount: 3 } }, {}],
    ['a placeholder', { placeholderMessage: { type: 0 } }, {}],
    ['keys', { senderKeyDistributionMessage: { groupId: '1203@g.us' } }, {}],
    ['a key that has changed', {}, { messageStubType: 39, messageStubParameters: ['79000000001'] }],
  ])('%s is none in a linked client’s form', (_, message, more) => {
    for (const name of Object.keys(LINKED))
      expect(linked(name, message, more)).toMatchObject({ kind: 'ignored', reason: 'protocol' });
  });

  it('a picture to be seen once is something that cannot be shown', () => {
    for (const name of Object.keys(LINKED)) {
      const body = LINKED[name]?.({}, { key: { ...KEY, isViewOnce: true } });
      expect(readBy(name, body)[0]).toMatchObject({ kind: 'unsupported', originalType: 'view_once' });
    }
  });
});
