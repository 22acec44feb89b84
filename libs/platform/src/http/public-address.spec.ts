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
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['localhost', 'bot.example.org', ''])('“%s” has none yet', (name) =>
    expect(isPublicAddress(name)).toBeNull(),
  );

  it.each(['2130706433', '0x7f.1', '017700000001'])('%s is not one, but a URL makes it one', (text) => {
    expect(isPublicAddress(new URL(`http://${text}/`).hostname)).toBe(false);
  });
});
