import { partiesOf } from './parties';

const PHONE = '79001234567@s.whatsapp.net';
const LID = '241758390126644@lid';
const GROUP = '120363041234567890@g.us';
const PAIR = { alias: 'wa-lid:241758390126644', phone: '79001234567' };

describe('partiesOf', () => {
  it.each([
    ['the LID first', [LID, PHONE]],
    ['the phone first', [PHONE, LID]],
  ])('a chat spelt twice is known by its phone, %s', (_, chat) => {
    expect(partiesOf({ chat })).toMatchObject({ customer: '79001234567', aliases: [PAIR], chatId: chat[0] });
  });

  it('a LID alone is the customer and no alias', () => {
    expect(partiesOf({ chat: [LID, null, ''] })).toMatchObject({
      customer: 'wa-lid:241758390126644',
      aliases: [],
    });
  });

  it('one phone in two spellings is no alias', () => {
    expect(partiesOf({ chat: ['79001234567@c.us', PHONE] })).toMatchObject({ aliases: [] });
  });

  it('in a group the sender is known by the phone, and the pair is learned', () => {
    expect(partiesOf({ chat: [GROUP], sender: [LID, PHONE] })).toEqual({
      customer: 'wa-group:120363041234567890',
      sender: '79001234567',
      aliases: [PAIR],
      chatId: GROUP,
    });
  });

  it('our own number next to a LID is never taken for the customer’s', () => {
    expect(partiesOf({ chat: [LID, PHONE], own: ['79001234567:3@s.whatsapp.net'] })).toMatchObject({
      customer: 'wa-lid:241758390126644',
      aliases: [],
    });
  });

  it('a chat with ourselves is still a chat', () => {
    expect(partiesOf({ chat: [PHONE], own: [PHONE] })).toMatchObject({ customer: '79001234567' });
  });

  it('what cannot be read is passed over where something else can', () => {
    expect(partiesOf({ chat: ['+', 17, PHONE] })).toMatchObject({ customer: '79001234567', chatId: PHONE });
  });

  it('says why a chat has no customer', () => {
    expect(partiesOf({ chat: ['status@broadcast'], sender: [PHONE] })).toBe('status-post');
    expect(partiesOf({ chat: [null, {}, 'me'] })).toBe('invalid-customer');
  });
});
