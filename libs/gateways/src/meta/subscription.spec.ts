import { verifySubscription } from './subscription';

const QUERY = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'meatyhamhock' };

describe('verifySubscription', () => {
  it.each([
    ['flat', QUERY],
    ['nested', { hub: { mode: 'subscribe', challenge: '1158201444', verify_token: 'meatyhamhock' } }],
  ])('answers a %s query with its challenge', (_, query) => {
    expect(verifySubscription(query, ['meatyhamhock'])).toEqual({ verified: true, challenge: '1158201444' });
  });

  it('takes either token while one replaces the other', () => {
    expect(verifySubscription(QUERY, ['new', 'meatyhamhock'])).toMatchObject({ verified: true });
  });

  it.each([
    ['another token', { ...QUERY, 'hub.verify_token': 'x' }, 'mismatch'],
    ['another mode', { ...QUERY, 'hub.mode': 'unsubscribe' }, 'malformed'],
    ['no challenge', { ...QUERY, 'hub.challenge': '' }, 'malformed'],
    ['a challenge that a browser could run', { ...QUERY, 'hub.challenge': '<script>' }, 'malformed'],
    ['a list for a token', { ...QUERY, 'hub.verify_token': ['meatyhamhock'] }, 'malformed'],
    ['no query', undefined, 'malformed'],
  ])('refuses %s', (_, query, reason) => {
    expect(verifySubscription(query, ['meatyhamhock'])).toEqual({ verified: false, reason });
  });

  it('verifies no request if no token is configured', () => {
    expect(verifySubscription(QUERY, [])).toEqual({ verified: false, reason: 'mismatch' });
  });
});
