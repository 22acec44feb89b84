import { isPublicAddress } from './public-address';

describe('an address', () => {
  it.each(['8.8.8.8', '2606:4700::1111', '[2606:4700::1111]', '172.32.0.1', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '[::1]',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '[::127.0.0.1]',
    '::7f00:1',
    '::10.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b:1::a00:1',
    '2606:4700::5efe:7f00:1',
    '2606:4700::200:5efe:10.0.0.1',
    'fec0::1',
    'fe80::1%eth0',
    '100::1',
    '2001:db8::1',
    '3fff::1',
    '4000::1',
    '192.0.0.8',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.1',
    '240.0.0.1',
    'localhost',
    'localhost.',
    'LOCALHOST',
    'bot.localhost',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['bot.example.org', 'localhost.example.org', 'mylocalhost', ''])('“%s” has none yet', (name) =>
    expect(isPublicAddress(name)).toBeNull(),
  );

  it.each([
    '2130706433',
    '0x7f.1',
    '017700000001',
    '0177.1',
    '127.1',
    '0',
    '10.0.257',
    '①②⑦.0.0.1',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    '127.0.0.1.',
    '[::127.0.0.1]',
    '[0:0::ffff:7f00:1]',
  ])('%s is not one, but a URL makes it one', (text) => {
    expect(isPublicAddress(new URL(`http://${text}/`).hostname)).toBe(false);
  });
});
