import * as registry from '../registry';
import { sample } from '../testing/samples';
import { firstStanzaOf, messageIdOf, stanzaOf } from './message-id';
import { isNoId } from './no-id';

const BLANK = ['', ' ', '\t\n', '\u00a0', '\u200b', '\ufeff', '-', '_', '""', '…'];
const MISSING = ['null', 'undefined', 'None', 'NaN', 'nil', 'NULL', ' Undefined ', 'n/a', 'unknown', 'true'];
const WRAPPED = ['"null"', "'undefined'", '(null)', '<nil>', '<no value>', '[object Object]'];
const TEMPLATES = [
  '{{id}}',
  '{{ $json.id }}',
  '={{ $json.id }}',
  '${id}',
  '#{id}',
  '<%= id %>',
  '{id}',
  '<id>',
];
const OTHER_TEMPLATES = ['%id%', '%MESSAGE_ID%', '[[id]]', '$id', '{% id %}', 'wa-{{id}}'];
const ZEROS = ['0', '00', '-1', '00000000-0000-0000-0000-000000000000'];
const PUT_TOGETHER = ['79001234567_undefined', 'wa:null', '79001234567-NaN', 'chat/[object Object]'];
const CHATS = ['79001234567@c.us', '241758390126644@lid', '120363041234567890@g.us'];
const NUMBERS = [0, -1, NaN, Infinity, 2 ** 53, 5.5e18];

const REAL = [
  ...[
    '3EB0A1B2C3D4E5F60718',
    '3A554E20ECABF3D45BB3',
    'wamid.HBgLNzkwMDEyMzQ1NjcVAgASGBQz0024AAAA',
    'false_3EB0',
  ],
  ...['250', '1763700001123', 'msg-1', 'nulls', 'undefinedA', 'none-of-them-17', 'сообщение-1', 'SM00000001'],
  ...[
    '0-0',
    '0-12',
    '<CAF123.x@mail.example>',
    '{"id":"3EB0","remote":"7900"}',
    '550e8400-e29b-41d4-a716-446655440000',
  ],
];

describe('isNoId', () => {
  it.each([
    ...[BLANK, MISSING, WRAPPED, TEMPLATES, OTHER_TEMPLATES, ZEROS, PUT_TOGETHER, CHATS].flat(),
    ...[null, undefined, ...NUMBERS],
  ])('%p names no message', (value) => {
    expect(isNoId(value)).toBe(true);
    expect(stanzaOf(value)).toBeNull();
    expect(stanzaOf({ _serialized: value })).toBeNull();
    expect(stanzaOf({ id: value, _serialized: value })).toBeNull();
  });

  it.each([...REAL, 5512345, 1])('%p may be an id', (value) => {
    expect(isNoId(value)).toBe(false);
    expect(stanzaOf(value)).toBe(String(value));
  });

  it.each(['undefined', 'null', '0'])('a serialised id whose stanza is %s is none', (stanza) => {
    expect(messageIdOf(`false_79001234567@c.us_${stanza}`)).toBeNull();
    expect(messageIdOf({ _serialized: `false_79001234567@c.us_${stanza}` })).toBeNull();
  });

  it('what is none leaves the place to the next', () => {
    expect(firstStanzaOf('undefined', { _serialized: ' ' }, '3EB0')).toBe('3EB0');
  });
});

describe.each(['', ' ', 'null', 'undefined', '{{id}}', 0])('an id that says %p', (id) => {
  const text = { message: { conversation: 'a' } };
  const bodies = {
    venom: [
      { from: '79001234567@c.us', body: 'a', id },
      { from: '79001234567@c.us', body: 'a', id: { _serialized: id } },
      { from: '79001234567@c.us', body: 'a', id: { _serialized: `false_79001234567@c.us_${id}` } },
    ],
    waha: [
      { event: 'message', session: 's', payload: { from: '79001234567@c.us', body: 'a', id } },
      {
        event: 'message',
        payload: { from: '79001234567@c.us', body: 'a', id: `false_79001234567@c.us_${id}` },
      },
      { event: 'message', payload: { body: 'a', _data: { Info: { ID: id, Chat: '79001234567@c.us' } } } },
    ],
    evolution: [
      { event: 'messages.upsert', data: { key: { remoteJid: '79001234567@s.whatsapp.net', id }, ...text } },
    ],
    meta: [{ messages: [{ from: '79001234567', id, type: 'text', text: { body: 'a' } }] }],
  };

  it.each(Object.entries(bodies))('is none of %s’s', (gateway, each) => {
    for (const body of each)
      expect(registry[gateway as keyof typeof bodies].read(body)).toMatchObject([
        { kind: 'message', customer: '79001234567', messageId: null },
      ]);
  });

  it('is no message that could be rewritten', () => {
    const edited = sample('evolution/edited.json') as { data: { key: object } };
    edited.data.key = { ...edited.data.key, id };
    expect(registry.evolution.read(edited)).toMatchObject([{ kind: 'ignored', reason: 'malformed' }]);
  });
});
