import { jobKey, lockKey } from '../queue/queue';
import { StoreUnavailableError } from '../redis/outage';
import { TestBatching } from '../testing/batching';
import { holdJob, LOCK } from '../testing/held-job';
import { aConversation } from '../testing/messages';
import { JobLostError } from './job-lost.error';
import { ReplyPermits } from './reply-permits';
import { type Turn, Turns } from './turns';

describe('the permission to send a reply', () => {
  let batching: TestBatching;
  let permits: ReplyPermits;
  const turn: Turn = { conversation: aConversation(), batchId: 'b-1', token: '' };

  beforeEach(async () => {
    batching = await TestBatching.start();
    permits = new ReplyPermits(batching.store, new Turns(batching.store));
    await batching.queue.add('merged-message', {} as never, { jobId: turn.batchId });
    await holdJob(batching.store, turn.batchId);
  });
  afterEach(() => batching.stop());

  /** Redis carries out the request; its answer is lost. */
  async function askAndHearNothing(): Promise<void> {
    const { runner } = batching.store;
    const run = runner.run.bind(runner);
    jest.spyOn(runner, 'run').mockImplementationOnce(async (...call) => {
      await run(...call);
      throw new StoreUnavailableError(new Error('Connection is closed.'));
    });
    await expect(permits.ask(turn, '0', LOCK)).rejects.toThrow(StoreUnavailableError);
  }

  it('is given once', async () => {
    expect(await permits.ask(turn, '0', LOCK)).toBe('send');
    expect(await permits.ask(turn, '0', LOCK)).toBe('already');
    expect(await permits.ask(turn, '1', LOCK)).toBe('send');
  });

  it('lives and ends with the job, which alone can bring the batch to a worker again', async () => {
    const job = jobKey(batching.settings, turn.batchId);
    expect(await permits.ask(turn, '0', LOCK)).toBe('send');
    expect(await batching.redis.ttl(job)).toBe(-1);
    expect(await batching.redis.hgetall(job)).toHaveProperty('rapid-fire-reply:0');
    await batching.redis.del(lockKey(batching.settings, turn.batchId));
    await batching.queue.remove(turn.batchId);
    expect(await permits.ask(turn, '0', LOCK)).toBe('stale');
    expect(await batching.redis.exists(job)).toBe(0);
  });

  it('is heard by who asks again where the answer was lost, once', async () => {
    await askAndHearNothing();
    expect(await permits.ask(turn, '0', LOCK)).toBe('send');
    expect(await permits.ask(turn, '0', LOCK)).toBe('already');
  });

  it('is one, also where two ask again at the same time', async () => {
    await askAndHearNothing();
    const answers = await Promise.all([permits.ask(turn, '0', LOCK), permits.ask(turn, '0', LOCK)]);
    expect(answers.sort()).toEqual(['already', 'send']);
  });

  it('is given to no worker that has lost the job, and stays for the one that has it', async () => {
    await batching.redis.del(lockKey(batching.settings, turn.batchId));
    await expect(permits.ask(turn, '0', LOCK)).rejects.toThrow(JobLostError);
    await holdJob(batching.store, turn.batchId, 'of-another');
    await expect(permits.ask(turn, '0', LOCK)).rejects.toThrow(JobLostError);
    expect(await permits.ask(turn, '0', 'of-another')).toBe('send');
  });

  it('belongs to no other worker if the answer was lost', async () => {
    await askAndHearNothing();
    const other = new ReplyPermits(batching.store, new Turns(batching.store));
    expect(await other.ask(turn, '0', LOCK)).toBe('already');
  });
});
