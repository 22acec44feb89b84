import { readCompanyId } from './company-id';

describe('readCompanyId', () => {
  it.each([962302, 0, '962302', '0', 'salon-1', 'nullable'])('%p is a company', (value) => {
    expect(readCompanyId(value)).toEqual({ valid: true, companyId: value });
  });

  it('blanks around one are no part of it', () => {
    expect(readCompanyId(' 962302\n')).toEqual({ valid: true, companyId: '962302' });
  });

  it.each([
    null,
    undefined,
    '',
    ' ',
    'null',
    'undefined',
    'None',
    '{{companyId}}',
    '${id}',
    '[object Object]',
  ])('%p names none', (value) => {
    expect(readCompanyId(value)).toEqual({ valid: true, companyId: null });
  });

  it.each([
    1.5,
    -1,
    2 ** 53,
    true,
    {},
    [],
    'a b',
    '{p01}',
    'wa-lid',
    '-1',
    'x'.repeat(65),
    ' '.repeat(9_000),
  ])('%p cannot be an id', (value) => {
    expect(readCompanyId(value)).toEqual({ valid: false });
  });
});
