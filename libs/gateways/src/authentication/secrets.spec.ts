import { isSame, secretsFrom } from './secrets';

describe('secretsFrom', () => {
  it.each([
    [undefined, []],
    ['', []],
    [' , ', []],
    ['one', ['one']],
    ['old, new', ['old', 'new']],
  ])('%p holds %j', (variable, secrets) => {
    expect(secretsFrom(variable)).toEqual(secrets);
  });
});

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
