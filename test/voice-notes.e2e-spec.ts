import type { MergedMessage } from '@app/contracts';
import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { type Answerer, sendJson, StandIn } from './support/stand-in';

/** Longer than a worker that has died is waited for, by far. */
const TIMEOUT_MS = 40_000;
const PATIENCE_MS = 120_000;

const says =
  (text: string): Answerer =>
  (_, response) =>
    sendJson(response, 200, { text });

describe('a voice note', () => {
  let transcriber: StandIn;
  let stage: BotStage;
  let last = 0;

  beforeAll(async () => {
    transcriber = await StandIn.start();
    stage = await BotStage.start({
      TRANSCRIBE_URL: `${transcriber.url}/v1/audio/transcriptions`,
      TRANSCRIBE_API_KEY: 'transcriber-key',
      TRANSCRIBE_TIMEOUT: String(TIMEOUT_MS),
      BATCH_TIMEOUT: '4000',
      MAX_TURNS_PER_HOUR: '0',
    });
  });
  beforeEach(() => {
    for (const { heard } of [stage.bot, stage.gateway, transcriber]) heard.length = 0;
    transcriber.answer = says('на завтра в шесть');
    stage.gateway.answer = (_, response) => response.end('OggS and so on');
  });
  afterAll(async () => {
    await stage.stop();
    await transcriber.stop();
  });

  /** As WAHA posts it. */
  function payload(phone: string, content: object): object {
    const id = `false_${phone}@c.us_3EB0C0FFEE${String((last += 1)).padStart(10, '0')}`;
    const about = { id, timestamp: Math.floor(Date.now() / 1000), from: `${phone}@c.us`, fromMe: false };
    return { event: 'message', session: 'default', payload: { ...about, ...content } };
  }

  /** WAHA names the file by the host as which it knows itself. */
  function note(phone: string): object {
    const media = {
      url: `http://localhost:3000/api/files/default/${last}.oga`,
      mimetype: 'audio/ogg; codecs=opus',
    };
    return payload(phone, { body: '', hasMedia: true, media, _data: { type: 'ptt' } });
  }

  /** A fragment of the same conversation: one by another gateway's account would be another's. */
  async function write(phone: string, body: string): Promise<void> {
    await speak(phone, payload(phone, { body, hasMedia: false, _data: { type: 'chat' } }));
  }

  async function speak(phone: string, body = note(phone)): Promise<object> {
    expect(await stage.customers.post('/webhook/waha', body)).toMatchObject({ status: 200 });
    return body;
  }

  /** What the bot is given of a customer, first of all or later. */
  async function merged(phone: string, call = 1): Promise<MergedMessage> {
    const { calls } = await eventually(
      `call ${call} for ${phone}`,
      () => {
        const all = stage.bot.heard.map(({ body }) => JSON.parse(body) as MergedMessage);
        return Promise.resolve({ calls: all.filter((each) => each.phone === phone) });
      },
      ({ calls: found }) => found.length >= call,
      PATIENCE_MS,
    );
    return calls[call - 1] as MergedMessage;
  }

  it('joins its words to the fragments around it, in their order', async () => {
    transcriber.answer = (heard, response) =>
      void setTimeout(() => says('на завтра в шесть')(heard, response), 1_500);
    await write('79001000001', 'Запишите меня');
    await speak('79001000001');
    await write('79001000001', 'к Бари');
    const { text, messages } = await merged('79001000001');
    expect(text).toBe('Запишите меня на завтра в шесть к Бари');
    expect(messages.map(({ transcript }) => transcript)).toEqual([undefined, { made: true }, undefined]);
    expect(messages[1]).toMatchObject({ type: 'voice', text: 'на завтра в шесть' });
    const [file] = stage.gateway.heard.filter(({ path }) => path.startsWith('/api/files/default/'));
    expect(file?.headers['x-api-key']).toBe('waha-key');
    const [asked] = transcriber.heard;
    expect(asked?.headers.authorization).toBe('Bearer transcriber-key');
    expect(asked?.body).toContain('OggS and so on');
    // Nobody but its gateway is shown the gateway's key.
    expect(JSON.stringify(asked)).not.toContain('waha-key');
  });

  it('is transcribed once, though it is delivered twice', async () => {
    const body = await speak('79001000002');
    await speak('79001000002', body);
    expect(await merged('79001000002')).toMatchObject({ text: 'на завтра в шесть', messageCount: 1 });
    expect(transcriber.heard).toHaveLength(1);
  });

  it('is tried again while its transcriber is away for a moment', async () => {
    transcriber.answer = (heard, response) =>
      transcriber.heard.length < 3 ? sendJson(response, 503, {}) : says('теперь')(heard, response);
    await speak('79001000003');
    expect(await merged('79001000003')).toMatchObject({ text: 'теперь' });
  });

  it('goes without words as soon as they are refused, and says why', async () => {
    transcriber.answer = (_, response) => sendJson(response, 401, {});
    await write('79001000004', 'слышно?');
    await speak('79001000004');
    const { text, messages } = await merged('79001000004');
    expect(text).toBe('слышно?');
    expect(messages[1]).toMatchObject({ type: 'voice', transcript: { made: false, why: 'refused' } });
    expect(transcriber.heard).toHaveLength(1);
    const warned = stage.workers
      .flatMap(({ lines }) => lines)
      .filter((line) => line.includes('without words'));
    expect(warned).toHaveLength(1);
  });

  it('goes without words where its file is not there', async () => {
    stage.gateway.answer = (_, response) => response.writeHead(404).end();
    await speak('79001000005');
    const { messages } = await merged('79001000005');
    expect(messages[0]).toMatchObject({ transcript: { made: false, why: 'no-file' } });
    expect(transcriber.heard).toEqual([]);
  });

  it('is waited for as long as TRANSCRIBE_TIMEOUT, and no longer', async () => {
    transcriber.answer = () => undefined;
    await speak('79001000006');
    const { messages, flushedAt } = await merged('79001000006');
    expect(messages[0]).toMatchObject({ transcript: { made: false, why: 'timeout' } });
    expect(flushedAt - (messages[0]?.receivedAt ?? 0)).toBeGreaterThanOrEqual(TIMEOUT_MS - 1_000);
  });

  it('keeps its words where it comes while the bot thinks', async () => {
    let release: () => void = () => undefined;
    stage.bot.answer = (_, response) => {
      release = () => sendJson(response, 200, {});
    };
    await write('79001000007', 'вопрос');
    await merged('79001000007');
    await speak('79001000007');
    await transcriber.hears(1, PATIENCE_MS);
    stage.bot.answer = (_, response) => sendJson(response, 200, {});
    release();
    expect(await merged('79001000007', 2)).toMatchObject({ text: 'на завтра в шесть' });
  });

  it('is transcribed by another worker when the one that has it in hand dies', async () => {
    // Which transcriber is asked says which worker has it.
    const other = await StandIn.start();
    const asked = [transcriber, other];
    for (const each of asked) each.answer = () => undefined;
    await stage.addWorker({ TRANSCRIBE_URL: other.url });
    await speak('79001000008');
    await eventually(
      'a worker that listens',
      () => Promise.resolve(asked.findIndex(({ heard }) => heard.length > 0)),
      (worker) => worker >= 0,
      PATIENCE_MS,
    ).then(async (worker) => {
      for (const each of asked) each.answer = says('и всё-таки');
      await stage.workers[worker]?.kill();
    });
    expect(await merged('79001000008')).toMatchObject({ text: 'и всё-таки' });
    await other.stop();
    await eventually(
      'balanced accounts',
      () => stage.customers.get('/webhook/whatsapp/batched/stats'),
      ({ body: { balance, messages } }) => balance === 0 && messages === 0,
      PATIENCE_MS,
    );
  });
});
