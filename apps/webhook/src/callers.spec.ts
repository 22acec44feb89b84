import { callerOf } from './callers';

describe('whose a request is', () => {
  it.each([
    ['/webhook/whatsapp', 'gateway'],
    ['/webhook/whatsapp/batched', 'gateway'],
    ['/webhook/evolution/messages-upsert', 'gateway'],
    ['/webhook/nowhere', 'gateway'],
    ['/webhook/whatsapp/batched/stats', 'operator'],
    ['/webhook/whatsapp/batched/79001234567', 'operator'],
    ['/admin/dead-letters', 'operator'],
    ['/replies/b-1', 'bot'],
    ['/health/ready', 'other'],
    ['/', 'other'],
  ])('%s: %s', (path, caller) => {
    expect(callerOf(path)).toBe(caller);
  });
});
