import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { SimulatedDto } from './simulated.dto';

describe('what a simulated customer does', () => {
  it.each([
    ['salon', []],
    ['tg', ['companyId']],
    ['a:b', ['companyId']],
    [962302, ['companyId']],
  ])('names a company that a conversation can have: %j', (companyId, refused) => {
    const body = plainToInstance(SimulatedDto, { phone: '79001234567', kind: 'typing', companyId });
    expect(validateSync(body).map(({ property }) => property)).toEqual(refused);
  });
});
