import { isFromWebClient, messageIdOf, stanzaOf } from './message-id';

describe('messageIdOf', () => {
  it.each([
    ['a bare id', '3EB0A1B2', '3EB0A1B2'],
    ['a serialised id', 'false_79001234567@c.us_3EB0A1B2', '3EB0A1B2'],
    ['a serialised id of a group', 'false_120363041234567890@g.us_3EB0A1B2_241758390126644@lid', '3EB0A1B2'],
    ['an id of Meta’s', 'wamid.HBgLMTY1MDM4Nzk0MzkVAgA=', 'wamid.HBgLMTY1MDM4Nzk0MzkVAgA='],
    ['an id with underscores that is not serialised', 'order_17_b', 'order_17_b'],
    ['an object', { _serialized: 'true_79001234567@c.us_3EB0A1B2' }, '3EB0A1B2'],
    ['an object with its parts', { id: '3EB0A1B2', remote: '79001234567@c.us', fromMe: true }, '3EB0A1B2'],
    ['a number', 17, '17'],
  ])('finds the stanza in %s', (_, value, stanza) => {
    expect(stanzaOf(value)).toBe(stanza);
  });

  it('takes a serialised id apart', () => {
    expect(messageIdOf('true_120363041234567890@g.us_3EB0A1B2_7900@c.us')).toEqual({
      stanza: '3EB0A1B2',
      chat: '120363041234567890@g.us',
      fromMe: true,
      participant: '7900@c.us',
    });
  });

  it.each([null, undefined, '', {}, [], true, 'x'.repeat(513)])('%p is no id', (value) => {
    expect(messageIdOf(value)).toBeNull();
  });
});

describe('isFromWebClient', () => {
  it('tells a linked client’s ids from a phone’s', () => {
    expect(['3EB0FFFF', 'BAE5FAB1', '3A554E20', '4DA1D8D1', null].map(isFromWebClient)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
