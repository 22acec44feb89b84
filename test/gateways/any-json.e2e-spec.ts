import fc from 'fast-check';
import { GATEWAY_NAMES, gatewayNamed } from '@app/gateways';
import { GATEWAY_SAMPLES, isAnswered, payloadIn, writtenBy } from '../support/gateway-samples';
import { GatewayStage, type Result, resultsOf } from '../support/gateway-stage';
import { mutations } from '../support/mutations';

/** `npm run test:payloads` posts 100,000; `SEED` plays a run again; `GATEWAY` posts those of one gateway alone. */
const PAYLOADS = Number(process.env.PAYLOADS ?? 5000);
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const NAMES = process.env.GATEWAY === undefined ? GATEWAY_NAMES : [process.env.GATEWAY];
const AT_ONCE = 16;
const CHUNK = 500;
const LONG_RUN_MS = 30 * 60_000;
const STORED = ['opened', 'extended', 'full', 'direct'];

/** Where a gateway posts; a wildcard in its paths takes any part of one. */
function routesOf(name: string): string[] {
  const subPaths = gatewayNamed(name)?.subPaths ?? [];
  const below = subPaths.flatMap((path) =>
    ['messages-upsert', 'a/b/c'].map((part) => path.replace(/\*\w+/, part)),
  );
  return ['', ...below].map((path) => `/webhook/${name}${path && `/${path}`}`);
}

/** A body and where it is posted; one in eight goes to another gateway than it comes from, or is any JSON at all. */
const posted = fc.record({
  gateway: fc.constantFrom(...NAMES),
  route: fc.nat(2),
  body: fc.oneof(...NAMES.map((name) => ({ arbitrary: ofGateway(name), weight: 7 })), {
    arbitrary: fc.jsonValue({ maxDepth: 6 }).map((value) => ({ of: null, value })),
    weight: 4,
  }),
  strays: fc.nat(7).map((n) => n === 0),
});

function ofGateway(name: string): fc.Arbitrary<{ of: string | null; value: unknown }> {
  const own = GATEWAY_SAMPLES.filter(
    ({ gateway }) => gateway === name || (name === 'venom' && gateway === 'generic'),
  );
  return mutations(own.map(({ bytes }) => payloadIn(name, bytes))).map((value) => ({
    of: name,
    value,
  }));
}

type Posted = typeof posted extends fc.Arbitrary<infer T> ? T : never;

const IDS = new RegExp(
  GATEWAY_SAMPLES.flatMap(({ expect: { messageId } }) => messageId ?? [])
    .map((id) => id.replace(/\W/g, '\\$&'))
    .join('|'),
  'g',
);

/** The samples' message ids made new, for a message that is known already is not stored again. */
function withNewIds(json: string, n: number): string {
  // Telegram counts messages, and the id that is made of that number and the chat is nowhere in the body.
  return json
    .replace(IDS, (id) => `${id}${n}`)
    .replace(/"message_id":[1-9]\d*(?=[,}])/g, (field) => `${field}${n}`);
}

/** What came of all of them. */
interface Tally {
  sent: number;
  messagesRead: number;
  messagesStored: number;
  /** Taken back by their author before they came: accepted and revoked in one. */
  revokedBefore: number;
  statuses: Map<number, number>;
  wrong: string[];
}

describe(`${PAYLOADS} payloads that were tampered with, seed ${SEED}`, () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    // No conversation gets full: a refusal in the middle of a body would leave the count of its results unknown.
    const env = { MAX_PENDING_PER_CONVERSATION: '100000', MAX_PENDING_BYTES: '256mb', LOG_LEVEL: 'error' };
    stage = await GatewayStage.start({ batcher: false, env });
  });
  afterAll(() => stage.stop());

  async function post({ gateway, route, body, strays }: Posted, tally: Tally): Promise<void> {
    const to = strays || body.of === null ? gateway : body.of;
    const text = withNewIds(writtenBy(to, body.value), tally.sent++);
    const paths = routesOf(to);
    const answer = await stage.postSigned(to, text, paths[route % paths.length]);
    tally.statuses.set(answer.status, (tally.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status !== 200) return void tally.wrong.push(`${to} ${answer.status} ${text}`);

    const messages = (gatewayNamed(to)?.read(payloadIn(to, text)) ?? []).filter(
      ({ kind }) => kind === 'message',
    ).length;
    tally.messagesRead += messages;
    if (!isAnswered(to)) {
      if (answer.text !== gatewayNamed(to)?.acknowledgement?.text)
        tally.wrong.push(`${to} ${answer.text} ${text}`);
      return;
    }
    const results: Result[] = resultsOf(answer);
    const read = results.filter(({ kind }) => kind === 'message').length;
    const stored = results.filter(({ kind, outcome }) => kind === 'message' && STORED.includes(outcome));
    // Typing extends a window too; nothing else opens or fills one.
    const opened = results.filter(({ outcome }) => ['opened', 'full', 'direct'].includes(outcome));
    if (read !== messages || opened.some(({ kind }) => kind !== 'message'))
      tally.wrong.push(`${to} ${read}/${messages} ${text}`);
    tally.messagesStored += stored.length;
    tally.revokedBefore += results.filter(({ reason }) => reason === 'revoked').length;
  }

  /** What gateways brought that are answered with nothing: so many messages, by a part of their labels. */
  async function counted(label: RegExp): Promise<number> {
    const { text } = await stage.system.send('/metrics');
    const lines = text.split('\n').filter((line) => line.startsWith('rapid_fire_gateway_events_total{'));
    const theirs = lines.filter((line) => !isAnswered(/gateway="([^"]+)"/.exec(line)?.[1] ?? ''));
    return theirs
      .filter((line) => line.includes('kind="message"') && label.test(line))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  it(
    'are all answered with 200, and nothing but messages is stored',
    async () => {
      const tally: Tally = {
        ...{ sent: 0, messagesRead: 0, messagesStored: 0, revokedBefore: 0 },
        ...{ statuses: new Map<number, number>(), wrong: [] },
      };
      for (let sent = 0; sent < PAYLOADS; sent += CHUNK) {
        const chunk = fc.sample(posted, { numRuns: Math.min(CHUNK, PAYLOADS - sent), seed: SEED + sent });
        const senders = Array.from({ length: AT_ONCE }, async () => {
          for (let next = chunk.pop(); next !== undefined; next = chunk.pop()) await post(next, tally);
        });
        await Promise.all(senders);
      }

      expect(tally.wrong.slice(0, 5)).toEqual([]);
      expect([...tally.statuses]).toEqual([[200, PAYLOADS]]);
      expect(stage.system.webhook.hasExited).toBe(false);
      expect(
        stage.system.webhook.lines.filter((line) => /unhandled|uncaught|"level":(?:50|60)/i.test(line)),
      ).toEqual([]);

      tally.messagesStored += await counted(new RegExp(`outcome="(?:${STORED.join('|')})"`));
      tally.revokedBefore += await counted(/reason="revoked"/);
      const { redis } = stage.system;
      const lists = await Promise.all((await stage.conversations()).map((key) => redis.lrange(key, 0, -1)));
      const held = lists.flat().map((json) => JSON.parse(json) as { text: string; media: unknown });
      const [accepted, revoked] = await redis.hmget('rapid-fire-counters', 'accepted', 'revoked');
      expect(Number(accepted)).toBe(tally.messagesStored + tally.revokedBefore);
      expect(held.length).toBe(Number(accepted) - Number(revoked));
      expect(held.filter(({ text, media }) => text.trim() === '' && media === null)).toEqual([]);
      // Enough of them say something, and enough do not, for the counts to mean anything.
      expect(tally.messagesStored).toBeGreaterThan(PAYLOADS / 20);
      expect(tally.messagesRead).toBeGreaterThanOrEqual(tally.messagesStored);
      process.stdout.write(
        `${PAYLOADS} payloads, seed ${SEED}: ${tally.messagesRead} messages read, ${tally.messagesStored} stored\n`,
      );
    },
    LONG_RUN_MS,
  );
});
