import { Keys } from './keys';

describe('the keys', () => {
  it.each([
    ['', 'rapid-fire-due', 'rapid-fire:1:79001234567'],
    ['salon-', 'salon-rapid-fire-due', 'salon-rapid-fire:1:79001234567'],
  ])('begin with the prefix "%s" and nothing else', (prefix, due, messages) => {
    const keys = new Keys(prefix);

    expect([keys.due, keys.messages('1:79001234567')]).toEqual([due, messages]);
  });
});
