import { GATEWAY_NAMES } from '@app/gateways';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { contentTypeOf, writtenBy } from '../support/gateway-samples';
import { PUBLIC_URL, SECRETS, signed } from '../support/gateway-signatures';
import { send } from '../support/http';
import { sendJson } from '../support/stand-in';
import { callIn, ROUND_TRIPS } from './round-trips/all';
import { REPLY, type RoundTrip } from './round-trips/round-trip';

const LENGTH = 20_000;
const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇷🇺';
const END = 'Это всё.';

const addressOf = (i: number): string => `https://salon.example/price/${i}?lang=ru_RU&from=a_b`;
const commandOf = (i: number): string => `npm run salon-${i} -- --watch`;
const programOf = (i: number): string => `const a${i} = "x < y & z";\nconst b${i} = a${i};`;

/** Everything that a channel writes in its own way, with its place in the text. */
const section = (i: number): string =>
  [
    `## Раздел ${i}`,
    `Стоимость **№ ${i}** – [на сайте](${addressOf(i)}), ${FAMILY} *всем* ~~${i}00~~ ${FLAG}👍🏽. Ждём вас!`,
    `- пункт **${i}.1**\n- пункт ${i}.2: \`${commandOf(i)}\``,
    `| Услуга | Цена |\n|---|---|\n| Стрижка ${i} | **${i} ₽** |`,
    `\`\`\`\n${programOf(i)}\n\`\`\``,
  ].join('\n\n');

const SECTIONS = Array.from({ length: 50 }, (_, i) => i + 1);

/** The sections, and words up to exactly this length. */
const LONG = ((): string => {
  const text = SECTIONS.map(section).join('\n\n');
  const rest = LENGTH - text.length - 2 - END.length;
  return `${text}\n\n${'слово '.repeat(rest).slice(0, rest)}${END}`;
})();

/** One message as it arrived. */
interface Piece {
  readonly text: string;
  readonly body: {
    entities?: { type: string; offset: number; length: number; url?: string }[];
    format?: string;
  };
}

interface Limit {
  readonly most: number;
  readonly of: (piece: Piece) => number;
}

const characters = (most: number): Limit => ({ most, of: ({ text }) => text.length });
const bytes = (most: number): Limit => ({ most, of: ({ text }) => Buffer.byteLength(text) });
const entities = (most: number): Limit => ({ most, of: ({ body }) => body.entities?.length ?? 0 });

const WHATSAPP = [characters(4_096)];

/** What each gateway documents of one message, in its own unit: docs/bot.md names the sources. A new gateway says its own. */
const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  ...{ venom: WHATSAPP, meta: WHATSAPP, waha: WHATSAPP, evolution: WHATSAPP, 'evolution-go': WHATSAPP },
  ...{ gowa: WHATSAPP, wppconnect: WHATSAPP },
  'green-api': [characters(20_000)],
  telegram: [characters(4_096), entities(100)],
  max: [characters(4_000)],
  twilio: [characters(1_600)],
  messenger: [characters(2_000)],
  instagram: [bytes(1_000)],
  chatwoot: [characters(150_000)],
};

const HTML: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** The words of a message, with the address of each link behind its label. */
function wordsOf({ text, body: { entities: marks = [], format } }: Piece): string {
  if (format === 'html')
    return text
      .replace(/<a href="([^"]*)">(.*?)<\/a>/gs, '$2 ($1)')
      .replace(/<\/?\w+>/g, '')
      .replace(/&(?:lt|gt|amp);/g, (escape) => HTML[escape] ?? '');
  return marks
    .filter(({ url }) => url !== undefined)
    .sort((one, other) => other.offset - one.offset)
    .reduce((words, { offset, length, url = '' }) => {
      const end = offset + length;
      return `${words.slice(0, end)} (${url})${words.slice(end)}`;
    }, text);
}

/** What is left without white space, punctuation and the marks of any notation. */
const bare = (text: string): string => text.replace(/[\s\p{P}|~`]/gu, '');

/** Where a gateway's call has the text of a reply. */
function textFieldOf({ sends: { body } }: RoundTrip): string[] {
  const find = (value: unknown): string[] | null => {
    if (value === REPLY) return [];
    if (typeof value !== 'object' || value === null) return null;
    for (const [name, inner] of Object.entries(value)) {
      const below = find(inner);
      if (below) return [name, ...below];
    }
    return null;
  };
  const found = find(body);
  if (!found) throw new Error('its call holds no reply');
  return found;
}

it('every gateway says what it takes of one message', () => {
  expect(Object.keys(LIMITS).sort()).toEqual([...GATEWAY_NAMES]);
});

describe.each(['hold', 'supersede'])('a reply of 20,000 characters with Markdown, under %s', (policy) => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start(
      (api) => ({
        ...{ ...SECRETS, PUBLIC_URL, BUSY_POLICY: policy },
        ...ROUND_TRIPS.reduce<Record<string, string>>((all, { env }) => ({ ...all, ...env(api) }), {}),
      }),
      { inOneProcess: true },
    );
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: LONG });
  });
  afterAll(() => stage.stop());

  async function arrivedBy(trip: RoundTrip): Promise<Piece[]> {
    const { gateway } = trip;
    const field = textFieldOf(trip);
    stage.gateway.heard.length = 0;
    stage.gateway.answer = (_, response) => sendJson(response, 200, trip.sent);
    const body = writtenBy(gateway, trip.says(1, 'hello'));
    const path = `/webhook/${gateway}`;
    const headers = { 'content-type': contentTypeOf(gateway), ...signed(gateway, body, path) };
    expect((await send(stage.webhook.url + path, { method: 'POST', headers, body })).status).toBe(200);
    return eventually(
      'the end of the reply',
      () =>
        Promise.resolve(
          stage.gateway.heard.map((heard): Piece => {
            const call = callIn(heard);
            expect(call.path).toBe(trip.sends.path);
            const text: unknown = field.reduce<unknown>(
              (value, name) => (value as Record<string, unknown>)[name],
              call.body,
            );
            return { text: String(text), body: call.body };
          }),
        ),
      (pieces) => pieces.at(-1)?.text.includes(END) === true,
    );
  }

  it.each(ROUND_TRIPS.map((trip) => [trip.gateway, trip] as const))(
    '%s: arrives whole, in order, within the limits of the gateway, and no emoji, link or code is cut',
    async (gateway, trip) => {
      expect(LONG).toHaveLength(LENGTH);
      const pieces = await arrivedBy(trip);
      for (const piece of pieces)
        for (const { most, of } of LIMITS[gateway] ?? []) expect(of(piece)).toBeLessThanOrEqual(most);

      const words = pieces.map(wordsOf);
      expect(bare(words.join(''))).toBe(bare(LONG));
      const emoji = /👨‍👩‍👧‍👦|🇷🇺|👍🏽/gu;
      expect(words.flatMap((text) => text.match(emoji) ?? [])).toEqual(LONG.match(emoji));
      const addresses = words.flatMap((text) => text.match(/https:[^\s)]+(?=\))/g) ?? []);
      expect(addresses).toEqual(SECTIONS.map(addressOf));
      for (const code of [...SECTIONS.map(commandOf), ...SECTIONS.map(programOf)])
        expect(words.filter((text) => text.includes(code))).toHaveLength(1);
    },
  );
});
