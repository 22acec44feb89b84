import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { allSettings } from '../all-settings';
import { reading } from '../testing/companies';
import { companiesSchema } from './companies-schema';

const DOCS = resolve(__dirname, '../../../../docs');
const PAGE = readFileSync(resolve(DOCS, 'companies.md'), 'utf8');
const [, EXAMPLE = ''] = /```yaml\n([^]*?)```/.exec(PAGE) ?? [];

const isValid = new Ajv({ validateFormats: false, allowUnionTypes: true }).compile(companiesSchema());

/** The variables of the example, and the file that it takes a secret from. */
const VARIABLES = {
  ...{ BARI_META_TOKEN: 'a', BARI_BOT_KEY: 'b', CLINIC_WAHA_KEY: 'c' },
  ...{
    CLINIC_BOT_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    META_API_URL: 'https://graph.example.org',
  },
  ...{ CLINIC_BOT_SECRET_BEFORE: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', META_API_TOKEN: 'd' },
};

describe('the schema of the companies file', () => {
  it('is published as it is', () => {
    const published: unknown = JSON.parse(readFileSync(resolve(DOCS, 'companies.schema.json'), 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(companiesSchema())));
  });

  it('accepts the example, as the checks do', () => {
    expect([isValid(parse(EXAMPLE)), isValid.errors]).toEqual([true, null]);
    const without = EXAMPLE.replace('{ file: secrets/bari-telegram }', 'a-token');
    expect(reading(without, VARIABLES).problems).toEqual([]);
    expect(reading(EXAMPLE, VARIABLES).problems).toEqual([
      'line 8: 962302.accounts[1].token refers to a file that cannot be read (ENOENT)',
    ]);
  });

  it.each([
    ['{}', false],
    ['companies: {}', false],
    ['companies: {a: {}}', true],
    ['companies: {a: {colour: red}}', false],
    ['companies: {"a b": {}}', false],
    ['companies: {a: {busyPolicy: hold}}', true],
    ['companies: {a: {busyPolicy: wait}}', false],
    ['companies: {a: {window: {batchTimeout: 9000}}}', true],
    ['companies: {a: {window: {batchTimeout: 9s}}}', false],
    ['companies: {a: {window: {batchTimeout: 10}}}', false],
    ['companies: {a: {window: {batchTimeoutByType: {audio: 9000}}}}', true],
    ['companies: {a: {window: {batchTimeoutByType: [audio]}}}', false],
    ['companies: {a: {window: {preemptiveStart: auto}}}', true],
    ['companies: {a: {window: {preemptiveStart: 200}}}', true],
    ['companies: {a: {window: {preemptiveStart: soon}}}', false],
    ['companies: {a: {replies: {bubbles: true}}}', true],
    ['companies: {a: {replies: {bubbles: 1}}}', false],
    ['companies: {a: {bot: {preset: n8n}}}', false],
    ['companies: {a: {bot: {url: "https://a.example.org", apiKey: {file: b}}}}', true],
    ['companies: {a: {bot: {url: "https://a.example.org", apiKey: {path: b}}}}', false],
    ['companies: {a: {bot: {url: "https://a.example.org", apiKey: 1}}}', false],
    ['companies: {a: {accounts: [{gateway: max, token: b}]}}', true],
    ['companies: {a: {accounts: [{gateway: maxi}]}}', false],
    ['companies: {a: {accounts: {gateway: max}}}', false],
  ])('judges the form of %s as the checks do', (text, expected) => {
    expect(isValid(parse(text))).toBe(expected);
    const { problems } = reading(text, { BUSY_POLICY: 'supersede' });
    const ofForm = problems.filter((problem) => !problem.endsWith('cannot be read (ENOENT)'));
    expect(ofForm.length === 0).toBe(expected);
  });
});

describe('docs/companies.md', () => {
  it('names every key of a company', () => {
    const keys = allSettings.variables.flatMap(({ company }) => company?.split('.').at(-1) ?? []);
    for (const key of keys) expect(PAGE).toMatch(new RegExp(`\\b${key}\\b`));
  });
});
