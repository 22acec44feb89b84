import { maskPhones } from './phones';

describe('masking phones', () => {
  it.each([
    ['79001234567', '7900…67'],
    ['+79001234567', '+790…67'],
    ['962302:79001234567', '962302:7900…67'],
    ['Processing batch for 79001234567', 'Processing batch for 7900…67'],
    ['79001234567@c.us, 79007654321@c.us', '7900…67@c.us, 7900…21@c.us'],
    ['false_79001234567@c.us_3EB0A1B2', 'false_7900…67@c.us_3EB0A1B2'],
    ['wa-group:79001234567-1400000000', 'wa-group:7900…67-1400000000'],
  ])('shows %s as %s', (text, masked) => {
    expect(maskPhones(text)).toBe(masked);
  });

  it.each([
    'Found 200 pending batches',
    'b-12345678-1234-4123-8123-123456789012',
    'b-0b5c7a7e-1234-4123-8123-0123456789ab',
    'RU.79001234567x',
    '127.0.0.1:6379',
  ])('leaves %s as it is', (text) => {
    expect(maskPhones(text)).toBe(text);
  });
});
