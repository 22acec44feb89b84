import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { aMergedMessage } from '../../../test/support/bots/merged-message';
import { STAND_IN_BOTS } from '../../../test/support/bots/stand-in-bots';
import { PRESET_NAMES, presetNamed } from './presets';
import { aDialect } from './testing/dialect';

const FOLDER = resolve(__dirname, '../../../docs/bots');
const page = (name: string): string => readFileSync(resolve(FOLDER, name), 'utf8');

const pages = readdirSync(FOLDER).map((name) => [name, page(name)] as const);
const expressions = pages.flatMap(([name, text]) =>
  [...text.matchAll(/BOT_(HEADERS|BODY|REPLY|STATE)='([^']+)'/g)].map(
    ([, part = '', expression = '']) => [name, part.toLowerCase(), expression] as const,
  ),
);

describe.each(PRESET_NAMES.filter((name) => name !== 'rapid-fire'))('the page of %s', (name) => {
  const text = page(`${name}.md`);

  it('shows the variables that connect it, with an address that is accepted', () => {
    const [, preset] = /^BOT_PRESET=(\S+)$/m.exec(text) ?? [];
    const [, url = ''] = /^BOT_URL=(.*?)(?: {3}#|$)/m.exec(text) ?? [];
    expect(preset).toBe(name);
    // What an operator fills in stands in angle brackets.
    const { pathname } = new URL(url.replaceAll(/<[^>]+>/g, 'x').replace('…', ''));
    expect(pathname).toMatch(presetNamed(name).path?.shape ?? /^/);
    for (const needed of presetNamed(name).needs) expect(text).toMatch(new RegExp(`^${needed}=`, 'm'));
  });

  it('names the documentation that its stand-in is written from', () => {
    const sources = STAND_IN_BOTS.map((make) => make()).filter(({ preset }) => preset === name);
    expect(sources.filter(({ documentation }) => !text.includes(documentation))).toEqual([]);
  });
});

it('there are expressions in the pages, to begin with', () => {
  expect(expressions.length).toBeGreaterThan(8);
});

it.each(expressions)('%s, %s: %s is an expression that works', async (_, part, expression) => {
  const dialect = aDialect('n8n', { key: 'k', template: { [part]: expression } });
  const { headers, body } = await dialect.call(aMergedMessage(), { id: 't-1' });
  expect([Object.keys(headers).length > 0, Object.keys(body as object).length > 0]).toEqual([true, true]);
});
