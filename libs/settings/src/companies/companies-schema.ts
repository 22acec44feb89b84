import type { Schema, Variable } from '@app/config';
import { GATEWAYS } from '@app/gateways';
import { BOT, ofAccount, SECTIONS } from './places';

/** A value that stands elsewhere, as `secret-reference.ts` reads it. */
const ELSEWHERE: Schema = {
  description: 'A variable of the environment, or a file whose path begins where this file is.',
  anyOf: [
    { type: 'string', pattern: String.raw`^\$\{[A-Za-z_]\w*\}$` },
    {
      type: 'object',
      properties: { file: { type: 'string', minLength: 1 } },
      required: ['file'],
      additionalProperties: false,
    },
  ],
};

const REFERENCE: Schema = { $ref: '#/definitions/elsewhere' };

/**
 * The companies file as JSON Schema, for editors. It is made of the same declarations as the checks, which know more: what
 * must hold between values, and in which environment.
 */
export function companiesSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The companies file of Rapid-Fire',
    type: 'object',
    properties: {
      companies: {
        description: 'Companies by id.',
        type: 'object',
        minProperties: 1,
        propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
        additionalProperties: { $ref: '#/definitions/company' },
      },
    },
    required: ['companies'],
    additionalProperties: false,
    definitions: { company: companySchema(), account: accountSchema(), elsewhere: ELSEWHERE },
  };
}

function companySchema(): Schema {
  const sections = [...SECTIONS]
    .filter(([name]) => name !== '')
    .map(([name, keys]): [string, Schema] => [name, sectionSchema(name, keys)]);
  return {
    type: 'object',
    properties: {
      name: {
        description: 'What people call it; bots are told.',
        type: 'string',
        minLength: 1,
        maxLength: 200,
      },
      timeZone: {
        description: 'Its time zone in the tz database; bots are told.',
        type: 'string',
        minLength: 1,
      },
      accounts: {
        description: 'Its accounts: what comes in at one is written to it, and answered through it.',
        type: 'array',
        items: { $ref: '#/definitions/account' },
      },
      ...Object.fromEntries(valuesOf(SECTIONS.get('') ?? new Map<string, Variable>())),
      ...Object.fromEntries(sections),
    },
    additionalProperties: false,
  };
}

function sectionSchema(name: string, keys: ReadonlyMap<string, Variable>): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(valuesOf(keys)),
    ...(name === BOT && { required: ['url'] }),
    additionalProperties: false,
  };
}

/** An account is one of its gateway's. */
function accountSchema(): Schema {
  return {
    type: 'object',
    required: ['gateway'],
    anyOf: GATEWAYS.map(({ name, title }) => ({
      title,
      properties: {
        gateway: { const: name },
        account: {
          description: 'The gateway’s own name for it; without one, what the gateway names no account for.',
          type: ['string', 'integer'],
        },
        ...Object.fromEntries(valuesOf(ofAccount(name))),
      },
      additionalProperties: false,
    })),
  };
}

function valuesOf(keys: ReadonlyMap<string, Variable>): [string, Schema][] {
  return [...keys].map(([key, variable]) => [key, valueSchema(variable)]);
}

function valueSchema({ name, meaning, schema }: Variable): Schema {
  const description = `${meaning} Otherwise: ${name}.`;
  if (schema.type === 'object') return { description, ...schema };
  if (schema.type !== 'array') return { description, anyOf: [schema, REFERENCE] };
  const items = { anyOf: [schema.items, REFERENCE] };
  // A text with commas is a list, as it is in the environment.
  return { description, anyOf: [{ type: 'array', items }, { type: 'string' }, REFERENCE] };
}
