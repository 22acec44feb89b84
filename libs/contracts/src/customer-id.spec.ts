import { customerIdOf, groupIdOf, identify } from './customer-id';

describe('customerIdOf', () => {
  it.each([
    '+7 (900) 123-45-67',
    '79001234567',
    '79001234567@c.us',
    '79001234567@s.whatsapp.net',
    '79001234567:22@s.whatsapp.net',
    '79001234567_1:22@s.whatsapp.net',
    '79001234567:9@hosted',
    'whatsapp:+79001234567',
    '7.900.123.45.67',
    '7\u00a0900\u00a0123\u201145\u201167',
    ' 79001234567@C.US ',
    '0079001234567',
    '79001234567.0',
    '+00 7 900 123-45-67',
    '\u202d+7 900 123-45-67\u202c',
    '\u200e79001234567',
    '\ufeff7900123\u200b4567\u00ad',
    '\u206679001234567@c.us\u2069',
  ])('%s is the phone 79001234567', (spelling) => {
    expect(identify(spelling)).toEqual({ kind: 'phone', id: '79001234567' });
  });

  it.each([
    ['241758390126644@lid', 'wa-lid:241758390126644'],
    ['241758390126644:7@lid', 'wa-lid:241758390126644'],
    ['241758390126644:7@hosted.lid', 'wa-lid:241758390126644'],
    ['120363041234567890@g.us', 'wa-group:120363041234567890'],
    ['551199999999-1555838023@g.us', 'wa-group:551199999999-1555838023'],
    ['RU.13491208655302741918', 'wa-bsuid:RU.13491208655302741918'],
    ['US.ENT.11815799212886844830', 'wa-bsuid:US.ENT.11815799212886844830'],
  ])('%s keeps its kind', (spelling, id) => {
    expect(customerIdOf(spelling)).toBe(id);
  });

  it.each([
    '79001234567',
    'wa-lid:241758390126644',
    'wa-bsuid:RU.1349',
    'wa-group:120363041234567890',
    'wa-group:120363041234567890:79001234567',
    'wa-group:120363041234567890:wa-lid:241758390126644',
  ])('the customer id %s names itself', (id) => {
    expect(customerIdOf(id)).toBe(id);
  });

  it.each(['wa-group:1203:', 'wa-group::79001234567', 'wa-group:1203:wa-group:1204', 'wa-group:1203:me'])(
    '%s is no member of a group',
    (id) => {
      expect(customerIdOf(id)).toBeNull();
    },
  );

  it('a LID as long as a phone is still no phone', () => {
    expect(customerIdOf('79001234567@lid')).toBe('wa-lid:79001234567');
  });

  it.each([
    ['status@broadcast', 'status-post'],
    ['1546387654@broadcast', 'broadcast'],
    ['120363144038483540@newsletter', 'channel'],
    ['867051314767696@bot', 'service'],
    ['0@s.whatsapp.net', 'service'],
    ['0@c.us', 'service'],
  ])('%s has no listener', (spelling, reason) => {
    expect(identify(spelling)).toEqual({ kind: 'silent', reason });
  });

  it.each([
    '',
    '+',
    '+1',
    '1234',
    '1234567890123456',
    'me',
    'Anna',
    '7900123456O',
    '0@c.us',
    'x@y.z',
    '@c.us',
    '79001234567@example.com',
    '1:79001234567',
    '{79001234567}',
    'wa-lid:',
    'wa-lid:x',
  ])('"%s" is no customer', (spelling) => {
    expect(customerIdOf(spelling)).toBeNull();
  });

  it('no id carries a brace, for those move Redis keys', () => {
    expect(groupIdOf('{p01}')).toBeNull();
    expect(customerIdOf('{p01}@g.us')).toBeNull();
  });

  it('5 and 15 digits are the shortest and the longest phone', () => {
    expect(['12345', '1'.repeat(15)].map(customerIdOf)).toEqual(['12345', '1'.repeat(15)]);
  });
});
