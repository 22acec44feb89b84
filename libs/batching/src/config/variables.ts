import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsNotEmpty, Matches, ValidateBy, ValidateIf } from 'class-validator';

/** Decorators for the variables of the environment: each reads text, checks it, and says what was expected. */

/** A whole number between two bounds, in the unit named. */
export function Whole(unit: string, min: number, max: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (isText(value) ? toNumber(value) : value)),
    ValidateBy({
      name: 'whole',
      validator: {
        validate: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
        defaultMessage: () => `must be a whole number of ${unit} from ${min} to ${max}`,
      },
    }),
  );
}

const BYTE_UNITS: Record<string, number> = { '': 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A number of bytes, written plain or with `kb`, `mb`, `gb`. */
export function Bytes(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (isText(value) ? toBytes(value) : value)),
    ValidateBy({
      name: 'bytes',
      validator: {
        validate: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
        defaultMessage: () => `must be a size from ${min} to ${max} bytes; kb, mb and gb are understood`,
      },
    }),
  );
}

/** `true` or `false`. */
export function Flag(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsBoolean({ message: 'must be true or false' }),
  );
}

/** One of a few words. */
export function OneOf(words: readonly string[]): PropertyDecorator {
  return IsIn(words, { message: `must be one of ${words.join(', ')}` });
}

/** A text of a given shape. */
export function Text(shape: RegExp, expected: string): PropertyDecorator {
  return Matches(shape, { message: `must be ${expected}` });
}

/** A text that may be left out, of a given shape where it is not. */
export function OptionalText(shape?: RegExp, expected?: string): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    ValidateIf((_, value) => value !== undefined),
    shape ? Matches(shape, { message: `must be ${expected ?? String(shape)}` }) : IsNotEmpty(),
  );
}

/** An `http` or `https` address that may be left out; who calls it proves itself by headers, never inside the address. */
export function OptionalUrl(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    ValidateIf((_, value) => value !== undefined),
    ValidateBy({
      name: 'url',
      validator: {
        validate: (value) => isText(value) && isPlainUrl(value),
        defaultMessage: () => 'must be an http:// or https:// address without user and password',
      },
    }),
  );
}

/** Several texts with commas between them; empty where the variable is not set. */
export function List(shape: RegExp, expected: string): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (isText(value) ? splitList(value) : value)),
    Matches(shape, { each: true, message: `must be ${expected}, with commas between several` }),
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** An empty text is a slip of the pen, not a zero. */
function toNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

function toBytes(text: string): number {
  const [, digits, unit = ''] = /^(\d+)\s*([kmg]b)?$/i.exec(text.trim()) ?? [];
  return digits === undefined ? NaN : Number(digits) * (BYTE_UNITS[unit.toLowerCase()] ?? NaN);
}

/** The items of a list, in order. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
