import { driveAsShipped } from '../support/app-process';
import { ClusterSystem } from '../support/cluster-system';
import { eventually } from '../support/eventually';
import { about, type GatewaySample, sampleOf } from '../support/gateway-samples';
import { contentsOf } from '../support/redis-contents';
import { StandIn } from '../support/stand-in';
import { BATCHED } from '../support/system';
import { ThinkingBot } from '../support/thinking-bot';

driveAsShipped();

const MESSAGE = sampleOf('waha/message-text.json');
const ID = MESSAGE.expect.messageId ?? '';
const CHANGED = 'AC2AB3184AC4AEB3E0527911B838398F';

describe('on a Redis Cluster, with a worker and a bot', () => {
  let standIn: StandIn;
  let bot: ThinkingBot;
  let think: () => Promise<unknown> = () => Promise.resolve();
  let system: ClusterSystem;

  beforeAll(async () => {
    standIn = await StandIn.start();
    bot = new ThinkingBot(standIn, () => think());
    const env = { BATCH_TIMEOUT: '1500', GATEWAY_COMPANIES: 'waha:default=1', BOT_URL: standIn.url };
    system = await ClusterSystem.start(env, true);
  });
  afterAll(async () => {
    await system.stop();
    await standIn.stop();
  });

  /** What WAHA posts. */
  async function report({ path, bytes }: GatewaySample): Promise<unknown> {
    const { body } = await system.post(JSON.parse(bytes.toString()), path);
    return body.results;
  }

  function untilHeard(conversationId: string, howMany: number): Promise<unknown> {
    return eventually(
      `${howMany} messages of ${conversationId}`,
      () => Promise.resolve(bot.heardOf(conversationId)),
      ({ length }) => length >= howMany,
    );
  }

  it('has the bot read an edited text, and nothing that was taken back', async () => {
    await system.post({}, '/admin/pause');
    await report(MESSAGE);
    await report(about('waha/message-text.json', ID, 'REGRETTED'));
    expect(await report(about('waha/edited.json', CHANGED, ID))).toMatchObject([{ outcome: 'edited' }]);
    expect(await report(about('waha/revoked.json', CHANGED, 'REGRETTED'))).toMatchObject([
      { outcome: 'revoked' },
    ]);
    await system.post({}, '/admin/resume');
    await untilHeard('1:79001234567', 1);
    expect(bot.heardOf('1:79001234567')).toEqual(['Новый текст']);
  });

  it('remembers a change that comes before its message, in whatever partition that will be', async () => {
    expect(await report(about('waha/revoked.json', CHANGED, 'SOON'))).toMatchObject([{ outcome: 'early' }]);
    expect(await report(about('waha/message-text.json', ID, 'SOON'))).toMatchObject([
      { outcome: 'ignored', reason: 'revoked' },
    ]);
  });

  it('holds back what is written while the bot thinks', async () => {
    const write = (message: string): Promise<unknown> => system.post({ phone: '79007654321', message });
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    think = () => released;
    await write('one');
    await untilHeard('79007654321', 1);
    for (const text of ['two', 'three']) await write(text);
    release();
    await untilHeard('79007654321', 3);
    expect(bot.of('79007654321').map(({ texts }) => texts)).toEqual([['one'], ['two', 'three']]);
    expect(bot.overlaps).toBe(0);
  });

  it('erases a customer, whatever slots their keys are in', async () => {
    await system.nothingPending();
    await eventually(
      'no turn',
      () => system.get(`${BATCHED}/stats`),
      ({ turns }) => turns === 0,
    );
    const answer = await fetch(`${system.webhook.url}/admin/customers/79001234567`, { method: 'DELETE' });
    expect(answer.status).toBe(200);
    const erased = ((await answer.json()) as { erased: Record<string, number> }).erased;
    for (const part of ['jobs', 'history', 'memories'])
      expect([part, Number(erased[part]) > 0]).toEqual([part, true]);
    const masters = await Promise.all(system.client.nodes('master').map(contentsOf));
    const traces = masters.flatMap((contents) =>
      [...contents].filter(([key, content]) => `${key} ${content}`.includes('79001234567')),
    );
    expect(traces).toEqual([]);
    expect(masters.some((contents) => [...contents].join().includes('79007654321'))).toBe(true);
  });

  it('keeps its accounts, and has never left a slot', async () => {
    await system.nothingPending();
    expect(await system.get(`${BATCHED}/stats`)).toMatchObject({ balance: 0, deadLetters: 0 });
    expect(system.log).not.toMatch(/CROSSSLOT|same slot|do not hash|non local key|"level":50/);
  });
});
