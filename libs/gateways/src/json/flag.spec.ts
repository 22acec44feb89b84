import { flagOf } from './json';

describe('a flag', () => {
  it.each([true, 'true', 'True', ' TRUE ', 1, '1', 'yes', 'Y', 't', 'on'])('%p is a yes', (value) => {
    expect(flagOf(value)).toBe(true);
  });

  it.each([false, 'false', 'False', 0, '0', 'no', 'N', 'f', 'off'])('%p is a no', (value) => {
    expect(flagOf(value)).toBe(false);
  });

  it.each([null, undefined, '', ' ', 2, 'x', {}, [true]])('%p is neither', (value) => {
    expect(flagOf(value)).toBeNull();
  });
});
