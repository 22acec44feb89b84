import { trustedProxies } from './trusted-proxies';

describe('the proxies to believe', () => {
  it.each([
    [[], []],
    [['1'], 1],
    [['loopback'], ['loopback']],
    [
      ['10.0.0.0/8', 'fd00::/8', '192.0.2.7'],
      ['10.0.0.0/8', 'fd00::/8', '192.0.2.7'],
    ],
  ])('are %j', (entries, proxies) => {
    expect(trustedProxies(entries)).toEqual(proxies);
  });

  it.each([
    'true',
    'false',
    '0',
    '10',
    'proxy.example.org',
    '10.0.0.0/0',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '::/129',
    '10.0.0',
    'fe80::1%eth0',
  ])('are not %s', (entry) => {
    expect(trustedProxies([entry])).toBeNull();
  });

  it('are either a number of them or their addresses', () => {
    expect(trustedProxies(['1', 'loopback'])).toBeNull();
  });
});
