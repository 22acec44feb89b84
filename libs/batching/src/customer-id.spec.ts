import { readCustomer } from './customer-id';

const PHONE = '79001234567';

describe('a customer’s id', () => {
  it.each([
    '79001234567',
    '+79001234567',
    '+7 900 123-45-67',
    '+7 (900) 123-45-67',
    ' 7.900.123.45.67 ',
    '79001234567@c.us',
    '79001234567@s.whatsapp.net',
    '79001234567:22@s.whatsapp.net',
    'whatsapp:+79001234567',
  ])('is the phone’s digits for %s', (text) => {
    expect(readCustomer(text)).toEqual({ kind: 'customer', id: PHONE });
  });

  it.each([
    ['79001234567@lid', 'wa-lid:79001234567'],
    ['79001234567:3@lid', 'wa-lid:79001234567'],
    ['120363000000000000@g.us', 'wa-group:120363000000000000'],
    ['79001234567-1400000000@g.us', 'wa-group:79001234567-1400000000'],
    ['RU.1A2b3C', 'wa-bsuid:RU.1A2b3C'],
  ])('keeps the kind of what is not a phone: %s is %s', (text, id) => {
    expect(readCustomer(text)).toEqual({ kind: 'customer', id });
  });

  it.each(['wa-lid:79001234567', 'wa-bsuid:RU.1A2b3C', 'wa-group:120363000000000000'])(
    'is itself once read: %s',
    (id) => {
      expect(readCustomer(id)).toEqual({ kind: 'customer', id });
    },
  );

  it.each(['status@broadcast', '79001234567@broadcast', '120363000000000000@newsletter'])(
    'is nobody’s for %s',
    (text) => {
      expect(readCustomer(text)).toEqual({ kind: 'broadcast' });
    },
  );

  it.each([
    '',
    ' ',
    '+',
    'nobody',
    '7900',
    '7900123456779001',
    '7900123456x',
    '@c.us',
    'nobody@c.us',
    '79001234567@example.com',
    'x@lid',
    'wa-lid:x',
    'wa-other:79001234567',
    '1:79001234567',
    '{79001234567}',
  ])('is refused: "%s"', (text) => {
    expect(readCustomer(text)).toEqual({ kind: 'invalid' });
  });
});
