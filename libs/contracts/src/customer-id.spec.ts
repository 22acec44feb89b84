import {
  chatOf,
  customerIdOf,
  groupIdOf,
  identify,
  isInGroup,
  memberIdOf,
  memberOf,
  topicIdOf,
} from './customer-id';
import { channelOf, CHANNELS, CUSTOMER_KINDS } from './customer-kind';

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
    ...['tg:7000000002', 'tg-group:-1007000000001', 'tg-group:-1007000000001_42'],
    ...['tg-group:-1007000000001:tg:700000001', 'tg-group:-1007000000001_42:tg:700000001'],
    ...['max:730000045', 'max:-730000045', 'max-group:-72000000000045', 'max-user:710000001'],
    ...['max-group:-72000000000045:max-user:710000001', 'sms:79001234567'],
    ...['ig:17841400000000001', 'fb:6000000000000001', 'cw:42'],
  ])('the customer id %s names itself', (id) => {
    expect(customerIdOf(id)).toBe(id);
  });

  it('a phone is one in the id of an SMS too, however it is spelt', () => {
    expect(identify('sms:+7 (900) 123-45-67')).toEqual({ kind: 'sms', id: 'sms:79001234567' });
  });

  it.each([
    ...[
      'tg:',
      'tg:0',
      'tg:-1',
      'tg:1e9',
      'tg:Anna',
      'tg:1:2',
      'tg-group:1',
      'tg-group:-1_',
      'tg-group:-1_42_7',
    ],
    ...['sms:112', 'sms:+', 'cw:1.5', 'ig:x', 'max:0', 'constructor:1', 'vk:1', '1203:79001234567@g.us'],
  ])('%s is nobody on any channel', (spelling) => {
    expect(identify(spelling)).toEqual({ kind: 'invalid' });
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

describe('a group', () => {
  const TOPIC = topicIdOf('tg-group:-1007000000001', '42');

  it.each(['wa-group:120363041234567890', 'tg-group:-1007000000001', TOPIC, 'max-group:-72000000000045'])(
    '%s and one person in it are told apart, and lead to one chat',
    (group) => {
      const member = memberIdOf(group, 'tg:700000001');
      expect([isInGroup(group), isInGroup(member)]).toEqual([true, true]);
      expect([memberOf(group), memberOf(member)]).toEqual([null, 'tg:700000001']);
      expect([chatOf(group), chatOf(member)]).toEqual([group, group]);
    },
  );

  it('is not what one person’s id means, whatever the channel', () => {
    const people = ['79001234567', 'wa-lid:241758390126644', 'tg:700000001', 'max:730000045', 'cw:1'];
    expect(people.map(isInGroup)).toEqual(people.map(() => false));
    expect(people.map(memberOf)).toEqual(people.map(() => null));
    expect(people.map(chatOf)).toEqual(people);
  });
});

describe('a channel', () => {
  it.each([
    ['79001234567', 'whatsapp'],
    ['wa-group:120363041234567890:79001234567', 'whatsapp'],
    ['tg:700000001', 'telegram'],
    ['tg-group:-1007000000001:tg:700000001', 'telegram'],
    ['max-user:1', 'max'],
    ['sms:79001234567', 'sms'],
    ['ig:1', 'instagram'],
    ['fb:1', 'messenger'],
    ['cw:1', 'chatwoot'],
  ])('of %s is %s', (customer, channel) => {
    expect(channelOf(customer)).toBe(channel);
  });

  it('has at least one kind of customer, and every kind a channel', () => {
    const channels = CUSTOMER_KINDS.map((kind) => channelOf(`${kind}:1`));
    expect(new Set(channels)).toEqual(new Set(CHANNELS));
  });
});
