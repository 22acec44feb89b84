import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsNotEmpty, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { isPlainUrl, showBytes, splitList, toBytes, toNumber } from './texts';
import { Declared, type Schema, type VariableOptions } from './variable';

/** Decorators that declare a variable of the environment: its meaning, how its text is read, and what is accepted. */

interface Range {
  unit: string;
  min: number;
  max: number;
}

/** A whole number between two bounds, in the unit named. */
export function Whole(
  meaning: string,
  { unit, min, max, ...options }: Range & VariableOptions,
): PropertyDecorator {
  return applyDecorators(
    Declared({
      meaning,
      accepted: `${unit}, ${min} to ${max}`,
      schema: { type: 'integer', minimum: min, maximum: max },
      ...options,
    }),
    Transform(({ value }: { value: unknown }) => (isText(value) ? toNumber(value) : value)),
    IsWhole({ unit, min, max }),
  );
}

/** A whole number that may be left out. */
export function OptionalWhole(
  meaning: string,
  { unit, min, max, ...options }: Range & VariableOptions,
): PropertyDecorator {
  return applyDecorators(
    Declared({
      meaning,
      accepted: `${unit}, ${min} to ${max}`,
      schema: { type: 'integer', minimum: min, maximum: max },
      ...options,
    }),
    Transform(({ value }: { value: unknown }) =>
      value === '' ? undefined : isText(value) ? toNumber(value) : value,
    ),
    ValidateIf((_, value) => value !== undefined),
    IsWhole({ unit, min, max }),
  );
}

function IsWhole({ unit, min, max }: Range): PropertyDecorator {
  return ValidateBy({
    name: 'whole',
    validator: {
      validate: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
      defaultMessage: () => `must be a whole number of ${unit} from ${min} to ${max}`,
    },
  });
}

/** A number of bytes, written plain or with `kb`, `mb`, `gb`. */
export function Bytes(
  meaning: string,
  { min, max, ...options }: Omit<Range, 'unit'> & VariableOptions,
): PropertyDecorator {
  return applyDecorators(
    Declared({
      meaning,
      accepted: `bytes, ${showBytes(min)} to ${showBytes(max)}`,
      schema: { type: ['integer', 'string'] },
      isBytes: true,
      ...options,
    }),
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
export function Flag(meaning: string, options: VariableOptions = {}): PropertyDecorator {
  return applyDecorators(
    Declared({ meaning, accepted: '`true` or `false`', schema: { type: 'boolean' }, ...options }),
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsBoolean({ message: 'must be true or false' }),
  );
}

/** One of a few words, which can hold no secret. */
export function OneOf(
  meaning: string,
  words: readonly string[],
  options: VariableOptions = {},
): PropertyDecorator {
  return applyDecorators(
    Declared({ meaning, accepted: listed(words), schema: { enum: words }, shown: 'whole', ...options }),
    IsIn(words, { message: `must be one of ${words.join(', ')}` }),
  );
}

interface Shape {
  shape: RegExp;
  /** The shape in words. */
  expected: string;
}

/** A text of a given shape. */
export function Text(
  meaning: string,
  { shape, expected, ...options }: Shape & VariableOptions,
): PropertyDecorator {
  return applyDecorators(
    Declared({ meaning, accepted: expected, schema: textOf(shape), ...options }),
    Matches(shape, { message: `must be ${expected}` }),
  );
}

/** Any text at all. */
export function AnyText(meaning: string, options: VariableOptions = {}): PropertyDecorator {
  return Declared({ meaning, accepted: 'any text', schema: { type: 'string' }, ...options });
}

/** A text that may be left out, of a given shape where it is not. In a file a number may stand for it, if `schema` says so. */
export function OptionalText(
  meaning: string,
  { shape, expected, ...options }: Partial<Shape> & { schema?: Schema } & VariableOptions = {},
): PropertyDecorator {
  return applyDecorators(
    Declared({
      meaning,
      accepted: expected ?? '',
      schema: shape ? textOf(shape) : { type: 'string', minLength: 1 },
      ...options,
    }),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value)),
    ValidateIf((_, value) => value !== undefined),
    shape ? Matches(shape, { message: `must be ${expected ?? String(shape)}` }) : IsNotEmpty(),
  );
}

interface Judged {
  /** What is wrong with the text, without a word of it; null if nothing is. */
  faultIn: (text: string) => string | null;
  /** What it must be, in words. */
  expected: string;
}

/** A text that may be left out, and in which a function finds no fault where it is not. */
export function OptionalJudged(
  meaning: string,
  { faultIn, expected, ...options }: Judged & VariableOptions,
): PropertyDecorator {
  return applyDecorators(
    Declared({ meaning, accepted: expected, schema: { type: 'string', minLength: 1 }, ...options }),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    ValidateIf((_, value) => value !== undefined),
    ValidateBy({
      name: 'judged',
      validator: {
        validate: (value) => isText(value) && faultIn(value) === null,
        defaultMessage: (about) => `must be ${expected}: ${faultIn(String(about?.value)) ?? ''}`,
      },
    }),
  );
}

/** An `http` or `https` address that may be left out; who calls it proves itself by headers, never inside the address. */
export function OptionalUrl(meaning: string, options: VariableOptions = {}): PropertyDecorator {
  const expected = 'an http:// or https:// address without user and password';
  return applyDecorators(
    Declared({ meaning, accepted: expected, schema: { type: 'string', format: 'uri' }, ...options }),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    ValidateIf((_, value) => value !== undefined),
    ValidateBy({
      name: 'url',
      validator: {
        validate: (value) => isText(value) && isPlainUrl(value),
        defaultMessage: () => `must be ${expected}`,
      },
    }),
  );
}

interface Items extends Shape {
  /** In a file it is a mapping to such values; each of its items is a key, a colon and a value. */
  mapsTo?: Schema;
}

/** Several texts with commas between them; empty where the variable is not set. */
export function List(
  meaning: string,
  { shape, expected, mapsTo, ...options }: Items & VariableOptions,
): PropertyDecorator {
  const accepted = `${expected}, with commas between several`;
  return applyDecorators(
    Declared({ meaning, accepted, schema: itemsOf(shape, mapsTo), ...options }),
    Transform(({ value }: { value: unknown }) => (isText(value) ? splitList(value) : value)),
    Matches(shape, { each: true, message: `must be ${accepted}` }),
  );
}

/** Secrets: the first is ours to show, any of them is accepted, so that one can be replaced while both are known. */
export function Secrets(meaning: string, options: VariableOptions = {}): PropertyDecorator {
  return List(meaning, {
    shape: /^\S{8,}$/,
    expected: 'at least 8 characters without spaces',
    ...options,
  });
}

function textOf(shape: RegExp): Schema {
  return { type: 'string', pattern: shape.source };
}

function itemsOf(shape: RegExp, mapsTo: Schema | undefined): Schema {
  return mapsTo ? { type: 'object', additionalProperties: mapsTo } : { type: 'array', items: textOf(shape) };
}

function listed(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
