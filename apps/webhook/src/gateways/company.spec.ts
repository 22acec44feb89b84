import { isCompanyId } from '@app/contracts';
import { companyOf } from './company';

const OWNERS = new Map([
  ['waha:default', 962302],
  ['telegram', 7],
]);
const COMPANIES = {
  ownerOf: (gateway: string, account: string | null) =>
    OWNERS.get(account === null ? gateway : `${gateway}:${account}`),
};

function company(account: string | null, companyId: string | null = null, gateway = 'waha'): unknown {
  return companyOf({ gateway, account, companyId }, COMPANIES);
}

describe('the company of an event', () => {
  it('is the one that is configured for the account, whatever the payload says', () => {
    expect(company('default', 'salon')).toBe(962302);
  });

  it('is that of the same gateway only', () => {
    expect(company('default', null, 'evolution')).toBe('default');
  });

  it('is else the one that the payload names', () => {
    expect(company('other', 'salon')).toBe('salon');
  });

  it('is else the account', () => {
    expect(company('277321005464405')).toBe('277321005464405');
  });

  it('is the gateway’s own where the payload names no account, and there alone', () => {
    expect(company(null, null, 'telegram')).toBe(7);
    expect(company('bcQ7demo', null, 'telegram')).toBe('bcQ7demo');
  });

  it('is null if nothing is known', () => {
    expect(company(null)).toBeNull();
  });

  it.each(['мой салон', 'wa-lid', 'a:b', '{p01}', '-', ' ', 'x'.repeat(300)])(
    'is made of an account that cannot be one: "%s"',
    (account) => {
      const made = String(company(account));
      expect(isCompanyId(made)).toBe(true);
      expect(company(account)).toBe(made);
    },
  );

  it('is another one for every other account', () => {
    const accounts = ['a:b', 'a b', 'a b ', 'мой салон', 'мой салат'];
    expect(new Set(accounts.map((account) => company(account))).size).toBe(accounts.length);
  });
});
