import { BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { sampleOf } from './support/gateway-samples';
import { send } from './support/http';
import { sendJson } from './support/stand-in';

interface Sent {
  text?: string;
  entities?: object[];
  format?: string;
}

/** True for a text with formatting in either channel. */
const isFormatted = ({ entities, format }: Sent): boolean => entities !== undefined || format !== undefined;

const CHANNELS = [
  {
    file: 'telegram/text-private.json',
    formatted: { text: 'Price: 9 < 10', entities: [{ type: 'bold', offset: 0, length: 5 }] },
  },
  {
    file: 'max/message-dialog-text.json',
    formatted: { text: '<b>Price</b>: 9 &lt; 10', format: 'html' },
  },
];

describe('a formatted reply', () => {
  let stage: BotStage;

  beforeEach(async () => {
    stage = await BotStage.start(
      { TELEGRAM_BOT_TOKEN: '123:ABC', MAX_BOT_TOKEN: 'max-token' },
      { inOneProcess: true },
    );
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: '**Price**: 9 < 10' });
  });
  afterEach(() => stage.stop());

  async function post(file: string): Promise<void> {
    const { path, bytes } = sampleOf(file);
    const { status } = await send(stage.webhook.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(bytes),
    });
    expect(status).toBe(200);
  }

  const sent = (): Sent[] => stage.gateway.heard.map(({ body }) => JSON.parse(body) as Sent);

  const untilDone = (): Promise<unknown> =>
    eventually(
      'the job done',
      () => stage.queue.getJobCounts('completed', 'failed'),
      ({ completed = 0, failed = 0 }) => completed + failed === 1,
    );

  it.each(CHANNELS)('goes as its channel has it, once: $file', async ({ file, formatted }) => {
    await post(file);
    await untilDone();
    expect(sent()).toEqual([expect.objectContaining(formatted)]);
  });

  it.each(CHANNELS)(
    'goes as plain words where it is refused, and is no dead letter: $file',
    async ({ file, formatted }) => {
      stage.gateway.answer = ({ body }, response) => {
        if (isFormatted(JSON.parse(body) as Sent))
          sendJson(response, 400, {
            ok: false,
            error_code: 400,
            description: "Bad Request: can't parse entities",
          });
        else sendJson(response, 200, {});
      };
      await post(file);
      await untilDone();
      const [first, second, ...more] = sent();
      expect([first, second?.text, more]).toEqual([expect.objectContaining(formatted), 'Price: 9 < 10', []]);
      expect(second && isFormatted(second)).toBe(false);
      expect((await stage.customers.get('/admin/dead-letters')).body.items).toEqual([]);
      expect(stage.output).toContain('A gateway refused a reply with formatting; it is sent without');
    },
  );

  it('that is refused whatever its form is a dead letter, after two tries', async () => {
    stage.gateway.answer = (_, response) => sendJson(response, 400, { ok: false, error_code: 400 });
    await post('telegram/text-private.json');
    await untilDone();
    expect(sent().map(isFormatted)).toEqual([true, false]);
    expect((await stage.customers.get('/admin/dead-letters')).body.items).toHaveLength(1);
  });
});
