import { phoneTags } from './phone-tags';
import { maskPhones, maskStrangersId } from './phones';

describe('masking phones', () => {
  it.each([
    ['79001234567', '7900…67'],
    ['+79001234567', '+790…67'],
    ['962302:79001234567', '962302:7900…67'],
    ['Processing batch for 79001234567', 'Processing batch for 7900…67'],
    ['79001234567@c.us, 79007654321@c.us', '7900…67@c.us, 7900…21@c.us'],
    ['false_79001234567@c.us_3EB0A1B2', 'false_7900…67@c.us_3EB0A1B2'],
    ['wa-group:79001234567-1400000000', 'wa-group:7900…67-1400000000'],
    ['wa-lid:12345678901234567890', 'wa-lid:1234…90'],
    ['7900123456779007654321', '7900…21'],
    ['wamid.HBgLNzkwMDEyMzQ1NjcVAgASGBQzQQ==', 'wamid.…'],
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

describe('masking the id of a stranger', () => {
  it.each([
    ['order79001234567', 'order7900…67'],
    ['a-79001234567-b', 'a-7900…67-b'],
    ['79001234567_3EB0', '7900…67_3EB0'],
    ['7-900-123-45-67', '7-90…67'],
    ['+7 (900) 123-45-67', '+7 (…67'],
    ['wamid.HBgLNzkwMDEyMzQ1NjcVAgASGBQzQQ', 'wamid.…'],
    ['x:wa-lid:123456789012345', 'x:wa-lid:1234…45'],
  ])('shows %s as %s', (text, masked) => {
    expect(maskStrangersId(text)).toBe(masked);
  });

  it.each(['0b5c7a7e-1234-4123-8123-012345678901', 'gateway-7:42', '3EB0A1B2'])(
    'leaves %s as it is',
    (text) => {
      expect(maskStrangersId(text)).toBe(text);
    },
  );

  it.each([maskPhones, maskStrangersId])('takes no longer than a long text deserves: %p', (mask) => {
    const startMs = performance.now();
    for (const unit of ['7', '7-', '7a', 'wamid.', '0123abcd-', '+']) mask(unit.repeat(200_000));
    // Quadratic work would take minutes.
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });
});

describe('the tag of a masked phone', () => {
  afterEach(() => phoneTags.useKey(Buffer.from('another')));

  it('is the same in every spelling and place, and another under another key', () => {
    phoneTags.useKey(Buffer.from('key'));
    const [, tag = ''] = /#([a-z]{10})$/.exec(maskPhones('79001234567')) ?? [];
    expect(tag).toHaveLength(10);
    expect(maskPhones('for +79001234567@c.us')).toBe(`for +790…67#${tag}@c.us`);
    expect(maskStrangersId('order79001234567')).toContain(`#${tag}`);
    expect(maskStrangersId('7-900-123-45-67')).toContain(`#${tag}`);
    expect(maskPhones('79001234568')).not.toContain(tag);
    phoneTags.useKey(Buffer.from('another'));
    expect(maskPhones('79001234567')).not.toContain(tag);
  });

  it('is masked no second time', () => {
    phoneTags.useKey(Buffer.from('key'));
    const once = maskPhones('962302:79001234567');
    expect(maskPhones(once)).toBe(once);
  });
});
