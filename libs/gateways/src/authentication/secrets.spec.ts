import { isSame } from './secrets';

describe('isSame', () => {
  it('compares texts of any length', () => {
    expect([isSame('a', 'a'), isSame('a', 'b'), isSame('', 'a'), isSame('a', 'aa')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
