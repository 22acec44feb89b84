import { ValidateBy } from 'class-validator';
import { isCompanyId } from '@app/contracts';

/** A text that can be a company's part of a conversation's id. */
export function IsCompanyId(): PropertyDecorator {
  return ValidateBy({
    name: 'isCompanyId',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isCompanyId(value),
      defaultMessage: () => 'must be a company id',
    },
  });
}
