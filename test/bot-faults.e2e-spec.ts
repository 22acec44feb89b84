import type { ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { BotStage } from './support/bot-stage';
import { eventually, pause } from './support/eventually';
import { sideBySide } from './support/side-by-side';
import { type Heard, sendJson, StandIn } from './support/stand-in';

/** What the bot does to those who write this. */
const FAULTS: Record<string, (response: ServerResponse, url: string) => void> = {
  fail: (response) => sendJson(response, 500, { error: 'no', apiKey: 'a-key-of-the-bot' }),
  refuse: (response) => sendJson(response, 400, { error: 'no such salon' }),
  hang: () => undefined,
  reset: (response) => response.socket?.resetAndDestroy(),
  stream: (response) => streamWithoutEnd(response),
  redirect: (response, url) => response.writeHead(302, { location: `${url}/inside` }).end(),
};

function streamWithoutEnd(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, 'a');
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', write);
  };
  write();
}

function answer({ body }: Heard, response: ServerResponse, url: string): void {
  const { text } = JSON.parse(body) as { text: string };
  const fault = FAULTS[text];
  if (fault) fault(response, url);
  else sendJson(response, 200, { reply: 'fine' });
}

interface Letter {
  batchId: string;
  stage: string;
  error: string;
  conversationId: string;
  lastAnswer: { status: number | null; body: string } | null;
}

describe('a bot that misbehaves', () => {
  let stage: BotStage;
  let phones = 0;
  let isOver = false;
  let others: Promise<void>;

  beforeAll(async () => {
    stage = await BotStage.start({ BOT_TIMEOUT: '3000' });
    stage.bot.answer = (call, response) => answer(call, response, stage.bot.url);
    others = writeWhatIsAnswered();
  });
  afterAll(async () => {
    isOver = true;
    await others;
    await stage.stop();
  });

  /** Others are answered meanwhile: without them nothing would tell a message that the bot fails over from a bot that is away. */
  async function writeWhatIsAnswered(): Promise<void> {
    for (let n = 0; !isOver; n += 1) {
      await stage.write(`7900201${String(n % 50).padStart(4, '0')}`, 'hello');
      await pause(300);
    }
  }

  /** A new customer each time; answers with the conversation. */
  async function write(text: string): Promise<string> {
    phones += 1;
    const phone = `7900200${String(phones).padStart(4, '0')}`;
    await stage.write(phone, text);
    return phone;
  }

  const callsOf = (phone: string): Heard[] =>
    stage.bot.heard.filter(({ body }) => body.includes(`"conversationId":"${phone}"`));

  async function deadLetterOf(phone: string): Promise<Letter> {
    const letters = await eventually(
      `the dead letter of ${phone}`,
      async () => (await stage.customers.get('/admin/dead-letters?limit=100')).body.items as Letter[],
      (items) => items.some(({ conversationId }) => conversationId === phone),
    );
    return letters.find(({ conversationId }) => conversationId === phone) as Letter;
  }

  /** After this many attempts there is a dead letter, which says why. */
  async function isGivenUp(text: string, times: number, status: number | null, error: RegExp): Promise<void> {
    const phone = await write(text);
    const letter = await deadLetterOf(phone);
    // An attempt does not count if the bot answered no other message meanwhile.
    expect(callsOf(phone).length).toBeGreaterThanOrEqual(times);
    expect(new Set(callsOf(phone).map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([letter.batchId]),
    );
    expect(letter).toMatchObject({ stage: 'worker', lastAnswer: { status } });
    expect(letter.error).toMatch(error);
    expect(letter.lastAnswer?.body.length).toBeLessThanOrEqual(2048);
  }

  sideBySide({
    'that fails has 3 attempts': () => isGivenUp('fail', 3, 500, /the bot answered 500, 3 times/),
    'that hangs has 3 attempts': () => isGivenUp('hang', 3, null, /no answer within 3000 ms, 3 times/),
    'that resets connections has 3 attempts': () => isGivenUp('reset', 3, null, /3 times/),
    'that refuses has one attempt': () => isGivenUp('refuse', 1, 400, /the bot answered 400/),
    'that streams without end has one attempt': () => isGivenUp('stream', 1, 200, /more than 1048576 bytes/),
    'that redirects has one attempt': () => isGivenUp('redirect', 1, 302, /a redirect, and none is followed/),
  });

  it('is asked nowhere else when it redirects', () => {
    expect(stage.bot.heard.filter(({ path }) => path === '/inside')).toEqual([]);
  });

  it('does not have its secrets kept with the dead letter', async () => {
    const letter = await deadLetterOf(await write('fail'));
    expect(letter.lastAnswer?.body).toBe('{"error":"no"}');
  });

  it('is left alone for as long as Retry-After asks, then has the message', async () => {
    let refused = 0;
    FAULTS.later = (response) => {
      refused += 1;
      if (refused > 1) {
        sendJson(response, 200, {});
        return;
      }
      response.writeHead(429, { 'retry-after': '2' }).end();
    };
    const phone = await write('later');
    const [first, second] = await eventually(
      'two calls',
      () => Promise.resolve(callsOf(phone)),
      ({ length }) => length === 2,
    );
    const waitedMs = (second?.atMs ?? 0) - (first?.atMs ?? 0);
    expect(waitedMs).toBeGreaterThanOrEqual(1_990);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  });

  it('gets a dead letter once it is mended and an operator redrives it', async () => {
    FAULTS.mended = (response) => sendJson(response, 404, {});
    const phone = await write('mended');
    const { batchId } = await deadLetterOf(phone);
    FAULTS.mended = (response) => sendJson(response, 200, { reply: 'mended now' });
    const path = `/admin/dead-letters/${batchId}`;
    expect((await stage.customers.post(`${path}/redrive`)).status).toBe(200);
    await eventually(
      'the reply',
      () => Promise.resolve(stage.gateway.heard),
      (heard) => heard.some(({ body }) => body.includes('mended now')),
    );
    expect((await stage.customers.post(`${path}/redrive`)).status).toBe(404);
  });

  it('leaves dead letters that can be deleted, and paged without missing any', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await stage.customers.get(`/admin/dead-letters?limit=2${query}`);
      seen.push(...(body.items as Letter[]).map(({ batchId }) => batchId));
      cursor = body.cursor as string | null;
    }
    expect(seen).toHaveLength(await stage.queue.getFailedCount());
    expect(new Set(seen).size).toBe(seen.length);
    expect((await stage.customers.delete(`/admin/dead-letters/${seen[0] ?? ''}`)).body).toMatchObject({
      success: true,
      messages: 1,
    });
    expect((await stage.customers.delete(`/admin/dead-letters/${seen[0] ?? ''}`)).status).toBe(404);
  });
});

describe('a bot with a stage of its own', () => {
  const EXPOSED = { NODE_ENV: 'staging', WEBHOOK_SECRET: 'a-secret-1', ADMIN_API_KEY: 'a-secret-2' };

  /** On this machine, in staging. */
  async function calledAt(name: string, variables: Record<string, string>, calls: number): Promise<void> {
    const bot = await StandIn.start();
    const BOT_URL = bot.url.replace('127.0.0.1', name);
    const stage = await BotStage.start({ ...EXPOSED, BOT_URL, ...variables });
    await stage.write('79001234567', 'hello');
    const [job] = await eventually(
      'what came of its delivery',
      () => stage.queue.getJobs(['completed', 'delayed']),
      ([found]) => calls === 1 || JSON.stringify(found?.progress ?? {}).includes('"isParked":true'),
    );
    await eventually(
      'the call',
      () => Promise.resolve(bot.heard),
      ({ length }) => length === calls,
    );
    expect(JSON.stringify(job?.progress ?? {}).includes('private or loopback')).toBe(calls === 0);
    await Promise.all([stage.stop(), bot.stop()]);
  }

  sideBySide({
    'that never answers some customers does not hold up the others': async () => {
      const stage = await BotStage.start({ BOT_TIMEOUT: '120000' });
      stage.bot.answer = (call, response) => answer(call, response, stage.bot.url);
      const textsHeard = (): string[] =>
        stage.bot.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text).sort();
      for (const phone of ['79002000001', '79002000002', '79002000003']) await stage.write(phone, 'hang');
      await stage.bot.hears(3);
      for (const phone of ['79002000004', '79002000005']) await stage.write(phone, 'hello');
      await stage.gateway.hears(2);
      // They were answered in the middle of the three calls, and not between two attempts.
      expect(textsHeard()).toEqual(['hang', 'hang', 'hang', 'hello', 'hello']);
      await stage.stop();
    },

    // By a name that only a resolver knows to be this machine's: all others are refused at boot.
    'on this machine, in staging, is not called, and the message waits': () => calledAt(hostname(), {}, 0),
    'on this machine, in staging, is called where that is allowed': () =>
      calledAt('localhost', { BOT_ALLOW_PRIVATE: 'true' }, 1),
  });
});
