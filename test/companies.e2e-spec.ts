import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { AppProcess } from './support/app-process';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { send } from './support/http';
import { type Heard, sendJson, StandIn } from './support/stand-in';

const APP_SECRET = 'the-secret-of-one-meta-app';
const SALON = { account: '277321005464405', token: 'EAAG-of-the-salon' };
const CLINIC = { account: '106540352242922', token: 'EAAG-of-the-clinic' };
const PHONE = '79001234567';

/** Two companies, with bots, tokens, windows and busy policies of their own. */
const fileOf = (salonBot: string, clinicBot: string): string => `
companies:
  962302:
    name: Salon
    timeZone: Europe/Moscow
    accounts:
      - { gateway: meta, account: "${SALON.account}", token: "\${SALON_TOKEN}" }
    bot: { url: "${salonBot}", apiKey: the-key-of-the-salon }
    window: { batchTimeout: 1000, preemptiveStart: 200 }
    busyPolicy: supersede
  clinic:
    accounts:
      - { gateway: meta, account: "${CLINIC.account}", token: { file: clinic-token } }
    bot: { url: "${clinicBot}", preset: n8n }
    window: { batchTimeout: 60000, maxBatchSize: 2 }
    busyPolicy: hold
`;

describe('two companies of a companies file', () => {
  let stage: BotStage;
  let salonBot: StandIn;
  let clinicBot: StandIn;
  let path: string;
  let seq = 0;

  beforeAll(async () => {
    [salonBot, clinicBot] = await Promise.all([StandIn.start(), StandIn.start()]);
    const folder = mkdtempSync(join(tmpdir(), 'companies-'));
    path = join(folder, 'companies.yaml');
    writeFileSync(join(folder, 'clinic-token'), `${CLINIC.token}\n`);
    writeFileSync(path, fileOf(salonBot.url, clinicBot.url));
    stage = await BotStage.start({
      ...{ COMPANIES_FILE: path, SALON_TOKEN: SALON.token, META_APP_SECRET: APP_SECRET },
    });
  });
  beforeEach(() => {
    for (const { heard } of [salonBot, clinicBot, stage.bot, stage.gateway]) heard.length = 0;
    salonBot.answer = (_, response) => sendJson(response, 200, { reply: 'from the salon' });
    clinicBot.answer = (_, response) => sendJson(response, 200, { output: 'from the clinic' });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'from everybody' });
  });
  afterAll(async () => {
    await stage.stop();
    await Promise.all([salonBot.stop(), clinicBot.stop()]);
  });

  /** A customer's message comes in at one of Meta's accounts. */
  async function write(account: string, text: string, phone = PHONE): Promise<Record<string, unknown>> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const message = { id: `wamid.${(seq += 1)}`, from: phone, timestamp, type: 'text', text: { body: text } };
    const value = {
      ...{ messaging_product: 'whatsapp', metadata: { phone_number_id: account }, messages: [message] },
    };
    const changes = [{ field: 'messages', value }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes }] });
    const signature = `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
    const answer = await send(`${stage.webhook.url}/webhook/meta`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    return (answer.body.results as Record<string, unknown>[])[0] ?? {};
  }

  const jsonOf = ({ body }: Heard): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;

  it('each have their messages, their bot, their token and their window', async () => {
    expect(await write(SALON.account, 'Good day')).toMatchObject({ conversationId: `962302:${PHONE}` });
    expect(await write(CLINIC.account, 'It hurts')).toMatchObject({ conversationId: `clinic:${PHONE}` });
    const [asked] = await salonBot.hears(1);
    expect(asked?.headers.authorization).toBe('Bearer the-key-of-the-salon');
    expect(jsonOf(asked as Heard)).toMatchObject({
      ...{ companyId: 962302, text: 'Good day', company: { name: 'Salon', timeZone: 'Europe/Moscow' } },
      window: { ms: 1_000 },
    });
    const [replied] = await stage.gateway.hears(1);
    expect(replied).toMatchObject({
      path: `/v23.0/${SALON.account}/messages`,
      headers: { authorization: `Bearer ${SALON.token}` },
    });
    expect(jsonOf(replied as Heard)).toMatchObject({ text: { body: 'from the salon' } });
    // The clinic waits for a second message, which makes its batch full.
    expect(clinicBot.heard).toEqual([]);
    expect(await write(CLINIC.account, 'very much')).toMatchObject({ outcome: 'full' });
    const [, second] = await stage.gateway.hears(2);
    expect(second).toMatchObject({
      path: `/v23.0/${CLINIC.account}/messages`,
      headers: { authorization: `Bearer ${CLINIC.token}` },
    });
    expect(jsonOf(second as Heard)).toMatchObject({ text: { body: 'from the clinic' } });
    expect(clinicBot.heard.map((heard) => jsonOf(heard).text)).toEqual(['It hurts very much']);
    expect(stage.bot.heard).toEqual([]);
  });

  it('supersede in one, and hold in the other', async () => {
    // Both bots think while a further message comes.
    const held: (() => void)[] = [];
    salonBot.answer = (_, response) => held.push(() => sendJson(response, 200, { reply: 'to all of it' }));
    clinicBot.answer = (_, response) => held.push(() => sendJson(response, 200, { output: 'to a part' }));
    const phone = '79007654321';
    await write(SALON.account, 'A haircut', phone);
    await salonBot.hears(1);
    await write(SALON.account, 'tomorrow', phone);
    const [first, second] = await salonBot.hears(2);
    expect(jsonOf(first as Heard)).toMatchObject({ text: 'A haircut', final: false });
    expect(jsonOf(second as Heard)).toMatchObject({
      ...{ text: 'A haircut tomorrow', supersedes: [jsonOf(first as Heard).batchId] },
    });
    for (const text of ['My', 'tooth', 'aches', 'again']) await write(CLINIC.account, text, phone);
    await clinicBot.hears(1);
    for (const answer of held.splice(0)) answer();
    // Only once the first batch is answered is the bot called with the next.
    await clinicBot.hears(2);
    for (const answer of held.splice(0)) answer();
    const replies = await stage.gateway.hears(3);
    expect(clinicBot.heard.map((heard) => jsonOf(heard).text)).toEqual(['My tooth', 'aches again']);
    const texts = replies.map((heard) => (jsonOf(heard).text as { body: string }).body);
    expect(texts.sort()).toEqual(['to a part', 'to a part', 'to all of it']);
  });

  it('are served while the bot of the other is away', async () => {
    salonBot.answer = (_, response) => response.writeHead(503).end();
    for (const phone of ['79000000001', '79000000002', '79000000003'])
      await write(SALON.account, 'Hello', phone);
    await salonBot.hears(3);
    await write(CLINIC.account, 'Is anybody', '79000000004');
    await write(CLINIC.account, 'there?', '79000000004');
    expect(jsonOf((await stage.gateway.hears(1))[0] as Heard)).toMatchObject({
      text: { body: 'from the clinic' },
    });
    salonBot.answer = (_, response) => sendJson(response, 200, { reply: 'back again' });
    const replies = await stage.gateway.hears(4);
    expect(replies.filter(({ body }) => body.includes('back again'))).toHaveLength(3);
  });

  it('leave every other company to the environment', async () => {
    await stage.write('79001110000', 'Hello');
    expect(jsonOf((await stage.bot.hears(1))[0] as Heard)).toMatchObject({
      text: 'Hello',
      window: { ms: 300 },
    });
    expect([...salonBot.heard, ...clinicBot.heard]).toEqual([]);
  });

  it('are read again when the file changes, and stay as they were when it has problems', async () => {
    writeFileSync(path, `${fileOf(salonBot.url, clinicBot.url)}    colour: red\n`);
    const findings = async (): Promise<string> =>
      JSON.stringify((await send(`${stage.webhook.url}/health/ready`)).body);
    await eventually('the finding', findings, (text) => text.includes('companies-file'));
    expect(stage.output).toContain('line 17: clinic.colour is not known here');
    await write(SALON.account, 'Still there?');
    await salonBot.hears(1);

    writeFileSync(path, fileOf(stage.bot.url, clinicBot.url));
    await eventually('no finding', findings, (text) => !text.includes('companies-file'));
    await eventually(
      'the other bot to be called',
      async () => {
        await write(SALON.account, 'And now?', `7900${String((seq += 1)).padStart(7, '0')}`);
        return stage.bot.heard.length;
      },
      (calls) => calls > 0,
    );
  });

  it('are served although the file is something else for a while', async () => {
    const inOrder = readFileSync(path);
    const findings = async (): Promise<string> =>
      JSON.stringify((await send(`${stage.webhook.url}/health/ready`)).body);
    const broken: [() => void, string][] = [
      [() => symlinkSync(path, path), 'ELOOP'],
      [() => mkdirSync(path), 'EISDIR'],
      [() => writeFileSync(path, '['.repeat(50_000)), 'no YAML'],
    ];
    for (const [breakIt, reason] of broken) {
      rmSync(path, { recursive: true });
      breakIt();
      await eventually('the finding', findings, (text) => text.includes(reason));
      stage.bot.heard.length = 0;
      await write(SALON.account, 'Still there?', `7900${String((seq += 1)).padStart(7, '0')}`);
      await stage.bot.hears(1);
    }
    rmSync(path);
    writeFileSync(path, inOrder);
    await eventually('no finding', findings, (text) => !text.includes('companies-file'));
    expect([stage.webhook, stage.batcher, ...stage.workers].map(({ hasExited }) => hasExited)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('never show a secret', async () => {
    const shown = [stage.output, JSON.stringify((await send(`${stage.webhook.url}/admin/config`)).body)];
    const redis = new Redis(stage.redis.url);
    const cards = await redis.hvals('rapid-fire-process-cards');
    redis.disconnect();
    for (const secret of [SALON.token, CLINIC.token, 'the-key-of-the-salon'])
      expect([...shown, ...cards].join('\n')).not.toContain(secret);
  });
});

describe('a companies file with problems', () => {
  it('keeps every process from starting, and says all of them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'companies-'));
    const path = join(folder, 'companies.yaml');
    writeFileSync(path, 'companies:\n  a:\n    colour: red\n    busyPolicy: open-sesame\n');
    for (const app of ['webhook', 'batcher', 'worker'] as const) {
      const process = await AppProcess.launch(app, {
        COMPANIES_FILE: path,
        REDIS_URL: 'redis://127.0.0.1:1',
      });
      expect(await process.exited).toBe(78);
      const output = process.lines.join('\n');
      expect(output).toMatch(
        /2 problems[^]*COMPANIES_FILE line 3: a.colour[^]*COMPANIES_FILE line 4: a.busyPolicy/,
      );
      expect(output).not.toContain('open-sesame');
    }
  });
});
