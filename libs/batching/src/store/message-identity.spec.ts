import { identityOf } from './message-identity';

const MESSAGE = { companyId: 1, gateway: 'venom', account: 'a', messageId: 'bc' };

describe('a message’s identity', () => {
  it('differs wherever a part of it does, however the parts are cut', () => {
    const others = [
      { ...MESSAGE, companyId: 2 },
      { ...MESSAGE, companyId: null },
      { ...MESSAGE, gateway: 'waha' },
      { ...MESSAGE, account: 'ab', messageId: 'c' },
    ];
    expect(new Set([MESSAGE, ...others].map(identityOf)).size).toBe(5);
  });

  it('is what it always was, or every message of the last day would be new again', () => {
    expect(identityOf(MESSAGE)).toBe('Pqol1LVSGf1zSD2493ANoD');
  });
});
