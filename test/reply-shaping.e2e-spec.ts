import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sampleOf } from './support/gateway-samples';
import { send } from './support/http';
import { metricOf } from './support/operator-stage';
import { type Heard, sendJson } from './support/stand-in';

const LIMIT = 4_096;

/** A paragraph that uses what a channel writes in its own way, and names its place. */
const section = (i: number): string =>
  [
    `## Раздел ${i}`,
    `Стоимость **№ ${i}** – [на сайте](https://salon.example/price/${i}?lang=ru), 👨‍👩‍👧‍👦 *всем* ~~${i}00~~. Ждём вас!`,
    `- пункт **${i}.1**\n- пункт ${i}.2`,
    `| Услуга | Цена |\n|---|---|\n| Стрижка ${i} | **${i} ₽** |`,
    '```js\nconst a = 1;\n```',
  ].join('\n\n');

const LONG = Array.from({ length: 100 }, (_, i) => section(i + 1))
  .join('\n\n')
  .slice(0, 20_000);

const textIn = ({ body }: Heard): string => {
  const { text } = JSON.parse(body) as { text: string | { body: string } };
  return typeof text === 'string' ? text : text.body;
};

/** A message of Meta's sample customer, under an id of its own. */
async function fromMeta(stage: BotStage, id: string): Promise<void> {
  const sample = JSON.parse(sampleOf('meta-cloud/text.json').bytes.toString()) as {
    entry: [{ changes: [{ value: { messages: [{ id: string }] } }] }];
  };
  sample.entry[0].changes[0].value.messages[0].id = id;
  await stage.customers.post('/webhook/meta', sample);
}

describe('what a bot says, in its channel', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({ GROUP_MESSAGES: 'per-chat' });
  });
  beforeEach(() => {
    for (const { heard } of [stage.bot, stage.gateway]) heard.length = 0;
    stage.gateway.answer = (_, response) => sendJson(response, 200, {});
  });
  afterAll(() => stage.stop());

  const botSays = (answer: object): void => {
    stage.bot.answer = (_, response) => sendJson(response, 200, answer);
  };

  async function post(file: string): Promise<void> {
    const { path, bytes } = sampleOf(file);
    const headers = { 'content-type': 'application/json' };
    const posted = await send(stage.webhook.url + path, {
      method: 'POST',
      headers,
      body: new Uint8Array(bytes),
    });
    expect(posted.status).toBe(200);
  }

  async function untilDone(): Promise<void> {
    await eventually(
      'every job done',
      () => stage.queue.getJobCounts('wait', 'active', 'delayed'),
      ({ wait, active, delayed }) =>
        stage.bot.heard.length > 0 && wait === 0 && active === 0 && delayed === 0,
    );
  }

  it.each([
    'venom/text-private.json',
    'meta-cloud/text.json',
    'waha/message-text.json',
    'evolution/text.json',
  ])('20,000 characters of Markdown arrive whole, in order and within limits: %s', async (file) => {
    expect(LONG).toHaveLength(20_000);
    botSays({ reply: LONG });
    await post(file);
    await untilDone();
    const texts = stage.gateway.heard.map(textIn);
    expect(texts.length).toBeGreaterThan(4);
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(LIMIT);
    const all = texts.join('\n\n');
    const marks = LONG.match(/Раздел \d+$/gm) ?? [];
    expect(all.match(/Раздел \d+(?=\*$)/gm)).toEqual(marks);
    const addresses = LONG.match(/https:[^)]+(?=\))/g) ?? [];
    expect(all.match(/https:\S+(?=\))/g)).toEqual(addresses);
    expect(all).not.toMatch(/\*\*|\]\(|~~|\|---/);
    expect(all).toContain(
      'Стоимость *№ 1* – на сайте (https://salon.example/price/1?lang=ru), 👨‍👩‍👧‍👦 _всем_ ~100~.',
    );
    expect(all).toContain('*Услуга: Цена*\n- Стрижка 1: *1 ₽*');
    expect(all.split('👨‍👩‍👧‍👦')).toHaveLength(LONG.split('👨‍👩‍👧‍👦').length);
  });

  it('a plain text goes as it is, byte for byte', async () => {
    const text = 'Цена: 2 * 3 = 6 ₽ \r\n\n ¯\\_(ツ)_/¯\n*важно*: + 7 900';
    botSays({ reply: text });
    await stage.write('79003000021', 'hello');
    await untilDone();
    expect(stage.gateway.heard.map(textIn)).toEqual([text]);
  });

  it('files and quick replies are the channel’s own, or text', async () => {
    const media = { type: 'image', url: 'https://salon.example/p.png' };
    botSays({
      replies: [
        { text: 'Plan', media },
        {
          text: 'Do you?',
          buttons: [
            { id: 'y', text: 'Yes' },
            { id: 'n', text: 'No' },
          ],
        },
      ],
    });
    await fromMeta(stage, 'wamid.RICH');
    await untilDone();
    const [file, choice] = stage.gateway.heard.map(({ body }) => JSON.parse(body) as object);
    expect(file).toMatchObject({ type: 'image', image: { link: media.url, caption: 'Plan' } });
    expect(choice).toMatchObject({ interactive: { type: 'button', body: { text: 'Do you?' } } });
    stage.gateway.heard.length = 0;
    await stage.write('79003000022', 'hello');
    await stage.gateway.hears(2);
    expect(stage.gateway.heard.map(textIn)).toEqual([`Plan\n\n${media.url}`, 'Do you?\n\n- Yes\n- No']);
  });

  it('a group of Meta is addressed as one', async () => {
    botSays({ reply: 'hello, all' });
    const sample = JSON.parse(sampleOf('meta-cloud/text.json').bytes.toString()) as {
      entry: { changes: { value: { messages: object[] } }[] }[];
    };
    const [message] = sample.entry[0]?.changes[0]?.value.messages ?? [];
    Object.assign(message ?? {}, { id: 'wamid.GROUP', group_id: 'Y2FwaV9ncm91cDox' });
    await stage.customers.post('/webhook/meta', sample);
    await untilDone();
    expect(stage.gateway.heard.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { recipient_type: 'group', to: 'Y2FwaV9ncm91cDox' },
    ]);
  });
});

describe('a gateway that refuses a reply', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start({ BUSY_POLICY: 'parallel', FORWARD_EVENTS: 'status' });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
  });
  afterAll(() => stage.stop());

  const graph = (code: number): object => ({ error: { code, message: 'of Meta', type: 'OAuthException' } });

  it('for now is asked again, and the bot is not', async () => {
    const answers = [graph(131056), graph(4)];
    stage.gateway.answer = (_, response) => {
      const refusal = answers.shift();
      if (refusal) sendJson(response, 400, refusal);
      else sendJson(response, 200, { messages: [{ id: 'wamid.SENT' }] });
    };
    await fromMeta(stage, 'wamid.PASSING');
    await stage.gateway.hears(3);
    expect([stage.bot.heard.length, stage.gateway.heard.length]).toEqual([1, 3]);
  });

  it('afterwards is reported with the batch, once, and the bot is told', async () => {
    const { bytes } = sampleOf('meta-cloud/status-failed.json');
    const failed = JSON.parse(bytes.toString()) as {
      entry: [{ changes: [{ value: { statuses: [{ id: string }] } }] }];
    };
    const [{ id }] = failed.entry[0].changes[0].value.statuses;
    stage.gateway.answer = (_, response) => sendJson(response, 200, { messages: [{ id }] });
    await fromMeta(stage, 'wamid.UNDELIVERED');
    await eventually(
      'the reply noted',
      () => stage.client.keys('rapid-fire-sent:*'),
      ({ length }) => length === 2,
    );
    for (let times = 0; times < 2; times += 1) await stage.customers.post('/webhook/meta', failed);
    const line = await stage.webhook.waitForLine(/A reply was not delivered/);
    const { batchId, error } = JSON.parse(line) as { batchId: string; error: string };
    expect(error).toBe('error 131049 of Meta, Meta did not deliver it, to spare the customer');
    const calls = await eventually(
      'the event',
      () => Promise.resolve(stage.bot.heard.map(({ body }) => JSON.parse(body) as Record<string, unknown>)),
      (heard) => heard.some(({ kind }) => kind === 'status'),
    );
    expect(calls.find(({ kind }) => kind === 'status')).toMatchObject({
      text: 'failed',
      batchId,
      reason: error,
    });
    expect(calls.find((call) => call.batchId === batchId)).toBeDefined();
    expect(await metricOf(stage.webhook, 'rapid_fire_replies_undelivered_total{gateway="meta"}')).toBe(1);
  });

  it('for good makes a dead letter that says why', async () => {
    stage.gateway.answer = (_, response) => sendJson(response, 400, graph(131047));
    await fromMeta(stage, 'wamid.FINAL');
    const letter = await eventually(
      'the dead letter',
      async () =>
        ((await stage.customers.get('/admin/dead-letters')).body as { items: { error: string }[] }).items[0],
      (found) => found !== undefined,
    );
    expect(letter?.error).toMatch(
      /^a reply was refused: the gateway answered 400: error 131047 of Meta, more than 24 hours have passed/,
    );
  });
});

const LONG_WORDS = Array.from({ length: 12 }, () => 'two').join(' ');

describe('messages that follow each other at a pace', () => {
  it('keep no slot, and their place when the worker dies', async () => {
    // The longest pauses, so that the worker is killed in the first, and the other customer has time in both.
    const stage = await BotStage.start({ REPLY_BUBBLES: 'true', REPLY_PACE: '10', BOT_CONCURRENCY: '1' });
    stage.bot.answer = ({ body }, response) =>
      sendJson(response, 200, {
        reply: body.includes('slow') ? `one\n\n${LONG_WORDS}\n\n${LONG_WORDS}` : 'quick',
      });
    await stage.write('79003000031', 'slow');
    await stage.gateway.hears(1);
    const paced = 'rapid_fire_deliveries_total{outcome="paced"}';
    await eventually(
      'the pause',
      () => metricOf(stage.workers[0] as never, paced),
      (count) => count === 1,
    );
    await stage.write('79003000032', 'other');
    await stage.gateway.hears(2);
    await stage.workers[0]?.kill();
    await stage.addWorker();
    await stage.gateway.hears(4);
    const texts = stage.gateway.heard.map(textIn);
    expect(texts.filter((text) => text !== 'quick')).toEqual(['one', LONG_WORDS, LONG_WORDS]);
    expect(texts.indexOf('quick')).toBeLessThan(3);
    expect(stage.bot.heard).toHaveLength(2);
    await stage.stop();
  });
});
