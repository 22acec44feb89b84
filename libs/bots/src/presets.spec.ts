import { aMergedMessage } from '../../../test/support/bots/merged-message';
import { KEY } from '../../../test/support/bots/stand-in-bot';
import { STAND_IN_BOTS } from '../../../test/support/bots/stand-in-bots';
import { StandIn } from '../../../test/support/stand-in';
import type { Reading } from './answer/reading';
import type { BotDialect } from './bot-dialect';
import { presetNamed, PRESET_NAMES } from './presets';
import { aDialect, reads } from './testing/dialect';

interface Answered {
  status: number;
  text: string;
  reading: Reading | null;
}

/** Calls the bot once, over HTTP, as the worker does. */
async function ask(dialect: BotDialect, text: string, state: unknown = null): Promise<Answered> {
  const message = aMergedMessage({ text });
  const { url, headers, body } = await dialect.call(message, state);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text: await response.text(),
  };
  return { ...answer, reading: response.ok ? await dialect.read(answer, message, state) : null };
}

/** The texts of a reading, wherever they stand. */
function textsIn({ reading }: Answered): string[] {
  const answers = reading?.kind === 'said' ? [reading.answer].flat() : [];
  return answers.flatMap((answer) => {
    const { reply, replies } = answer as { reply?: string; replies?: string[] };
    return [...[reply ?? []].flat(), ...(replies ?? [])];
  });
}

const stateOf = ({ reading }: Answered): unknown => (reading?.kind === 'said' ? reading.state : undefined);

it('has a stand-in for every product', () => {
  const stoodIn = new Set(STAND_IN_BOTS.map((make) => make().preset));
  expect([...stoodIn, 'rapid-fire'].sort()).toEqual([...PRESET_NAMES].sort());
});

it.each(PRESET_NAMES)('%s says truly whether its call has the words of colleagues', async (preset) => {
  const dialect = aDialect(preset, { key: KEY, model: 'm' });
  const words = 'We close at six today';
  const told = Object.assign(aMergedMessage(), { colleagues: [{ at: 1, text: words }] });
  expect(JSON.stringify((await dialect.call(told, null)).body).includes(words)).toBe(dialect.tellsColleagues);
});

it('a body of the operator’s own may have the words of colleagues, whatever the preset', () => {
  expect(aDialect('openai', { template: { body: '{"seen": colleagues.text}' } }).tellsColleagues).toBe(true);
});

describe.each(STAND_IN_BOTS.map((make) => ({ make, ...make() })))(
  '$preset at $path',
  ({ make, preset, path }) => {
    const bot = make();
    let server: StandIn;
    let dialect: BotDialect;
    const dialectWith = (key: string): BotDialect =>
      aDialect(preset, {
        ...{ url: new URL(path, server.url).href, key },
        ...(bot.variables.BOT_MODEL !== undefined && { model: bot.variables.BOT_MODEL }),
        ...(bot.variables.BOT_PROMPT !== undefined && { prompt: bot.variables.BOT_PROMPT }),
      });

    beforeAll(async () => {
      server = await StandIn.start();
      server.answer = bot.answer;
      dialect = dialectWith(KEY);
    });
    afterAll(() => server.stop());

    it('has an address that configuration accepts', () => {
      const shape = presetNamed(preset).path?.shape ?? /./;
      expect(path).toMatch(shape);
      expect(presetNamed(preset).path === undefined || !shape.test('/elsewhere')).toBe(true);
    });

    it('is understood, and goes on with the conversation', async () => {
      const first = await ask(dialect, 'Hi, can I book?');
      expect(textsIn(first)).toEqual(['1: Hi, can I book?']);
      const second = await ask(dialect, 'At six', stateOf(first) ?? null);
      expect(textsIn(second)).toEqual(['2: At six']);
    });

    it('keeps of a conversation what its preset says it does', async () => {
      const state = stateOf(await ask(dialect, 'Hello'));
      expect(state !== undefined).toBe(dialect.keepsState);
    });

    it('tells a conversation that it no longer knows from other faults', async () => {
      const state = stateOf(await ask(dialect, 'Hello')) ?? null;
      bot.forget();
      const later = await ask(dialect, 'Are you there?', state);
      const isLost = later.reading === null && dialect.isStateLost({ ...later, contentType: '' });
      // Where we keep the conversation, or name it ourselves, the bot cannot lose it without knowing us any more.
      if (!isLost) expect(textsIn(later)).toHaveLength(1);
      expect(textsIn(await ask(dialect, 'Are you there?'))).toEqual([
        expect.stringMatching(/^[12]: Are you there\?$/),
      ]);
      expect(dialect.isStateLost({ status: 401, contentType: '', text: '{"message":"Unauthorized"}' })).toBe(
        false,
      );
      expect(dialect.isStateLost({ status: 500, contentType: '', text: '{"message":"no"}' })).toBe(false);
    });

    it('wants its key, where it has one', async () => {
      const { status } = await ask(dialectWith('another-key'), 'Hello');
      expect(status).toBe(bot.wantsKey ? 401 : 200);
    });

    it('is told of a picture without words that there is one', async () => {
      const message = aMergedMessage({ text: '' });
      const [part] = message.messages;
      const { body } = await dialect.call(
        { ...message, messages: [{ ...(part as object), type: 'image' } as never] },
        null,
      );
      if (preset === 'n8n') expect(body).toMatchObject({ messages: [{ type: 'image' }] });
      else expect(JSON.stringify(body)).toContain('"[image]"');
    });

    it.each(['<html>Please log in</html>', '42', '{"a":[{"b":null}]}'])(
      'does not understand %s',
      async (answer) => {
        expect(await reads(dialect, answer)).toEqual({ kind: 'odd' });
      },
    );
  },
);

it.each(PRESET_NAMES)('%s takes any JSON at all without a fault', async (name) => {
  const dialect = aDialect(name, { url: 'http://bot.example/v1/chat/completions' });
  const values = [
    'null',
    '[]',
    '[null]',
    '[[]]',
    '{"messages":{}}',
    '{"messages":[null,1]}',
    '{"choices":{"0":1}}',
  ];
  const deeper = [
    '{"output":[null,{"content":7}]}',
    '[{"event":7},{"event":"error"}]',
    '{"message":{}}',
    '"text"',
    '',
  ];
  for (const text of [...values, ...deeper, 'data:\n\ndata: {\n\n', '{"a":1}\n{"b":2}'])
    for (const contentType of ['application/json', 'text/event-stream', ''])
      expect((await reads(dialect, text, { contentType })).kind).toMatch(/^(?:said|odd|failed)$/);
});
