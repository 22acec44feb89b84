import { eventually } from '../../../../test/support/eventually';
import { StoreUnavailableError } from '../redis/outage';
import { TestBatching } from '../testing/batching';
import { PreemptiveStart } from './preemptive-start';
import { UsualBotTime } from './usual-bot-time';

const AUTO = { BUSY_POLICY: 'supersede', PREEMPTIVE_START: 'auto', BATCH_TIMEOUT: '6000' };
const HOUR_S = 3_600;

describe('the usual time of the bot, as a worker measures it', () => {
  let batching: TestBatching;
  let botTime: UsualBotTime;

  async function start(variables: Record<string, string>): Promise<void> {
    batching = await TestBatching.start(variables);
    botTime = new UsualBotTime(batching.store);
  }
  afterEach(async () => {
    jest.restoreAllMocks();
    await batching.stop();
  });

  function answered(calls: number, ms: number): void {
    for (let i = 0; i < calls; i += 1) botTime.took(ms, null);
  }

  /** What is in Redis after all that was sent before, on the same connection. */
  const written = (): Promise<string | null> => batching.redis.get(batching.store.partitions.home.botTime);

  /** From now on so much later, by the clock that never goes back. */
  function later(ms: number): void {
    const real = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => real() + ms);
  }

  it('is followed by the webhook: the bot is called so much before the end of the window', async () => {
    await start(AUTO);
    const preemptiveStart = new PreemptiveStart(batching.store);
    answered(19, 2_500);
    expect(await written()).toBeNull();
    answered(1, 2_500);
    expect(await written()).toBe('2500');
    await eventually(
      'the time that it wrote',
      () => Promise.resolve(preemptiveStart.of(null)),
      (startMs) => startMs === -2_500,
    );
  });

  it('is forgotten an hour after the last call', async () => {
    await start(AUTO);
    answered(20, 2_500);
    await written();
    const ttlS = await batching.redis.ttl(batching.store.partitions.home.botTime);
    expect(ttlS).toBeGreaterThan(HOUR_S - 600);
    expect(ttlS).toBeLessThanOrEqual(HOUR_S);
  });

  it('is written again after ten seconds, not with each call', async () => {
    await start(AUTO);
    answered(20, 2_500);
    const commands = jest.spyOn(batching.store, 'commands');
    answered(100, 4_000);
    expect(commands).not.toHaveBeenCalled();
    later(10_000);
    answered(2, 4_000);
    expect(commands).toHaveBeenCalledTimes(1);
    expect(await written()).toBe('4000');
  });

  it('harms no delivery while Redis is away, and is written later', async () => {
    await start(AUTO);
    const away = new StoreUnavailableError(new Error('Connection is closed.'));
    jest.spyOn(batching.store, 'commands').mockRejectedValueOnce(away);
    answered(20, 2_500);
    expect(await written()).toBeNull();
    later(10_000);
    answered(1, 2_500);
    expect(await written()).toBe('2500');
  });

  it('is written also where no start goes by it: the live page shows it', async () => {
    await start({ BUSY_POLICY: 'hold' });
    answered(20, 2_500);
    expect(await written()).toBe('2500');
  });
});
