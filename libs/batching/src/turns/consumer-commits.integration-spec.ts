import type { MergedMessage } from '@app/contracts';
import { merge } from '../hand-off/merge';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { TypingAndHold } from '../window/typing-and-hold';
import { ConsumerCommits } from './consumer-commits';
import { Turns } from './turns';

const QUIET_MS = 6_000;
const START_MS = 1_500;
const DAY_MS = 24 * 3_600_000;

describe('a consumer of the queue that commits its answer', () => {
  const customer = aConversation();
  let batching: TestBatching;
  let turns: Turns;
  let commits: ConsumerCommits;

  beforeEach(async () => {
    batching = await TestBatching.start({
      BUSY_POLICY: 'supersede',
      BATCH_TIMEOUT: String(QUIET_MS),
      PREEMPTIVE_START: String(START_MS),
    });
    turns = new Turns(batching.store);
    commits = new ConsumerCommits(batching.store, turns);
  });
  afterEach(() => batching.stop());

  const write = (text: string): Promise<unknown> => batching.batches.append(customer, aMessage(text));

  const types = (): Promise<unknown> => new TypingAndHold(batching.store).typing(customer, true);

  /** The first batch on the queue, after as much silence. */
  async function handedOff(silenceMs = START_MS): Promise<MergedMessage> {
    batching.now += silenceMs;
    await batching.sweep.run();
    const [job] = await batching.jobs();
    if (!job) throw new Error('nothing is on the queue');
    return job;
  }

  it('hears how long the window lasts, then that its answer may go, however often it asks', async () => {
    await write('one');
    const { batchId } = await handedOff();
    expect(await commits.commit(customer, batchId)).toMatchObject({
      outcome: 'wait',
      waitMs: QUIET_MS - START_MS,
    });
    batching.now += QUIET_MS;
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'committed' });
    await write('two');
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'committed' });
    await types();
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'committed' });
  });

  it('hears the same again although the customer types, where the batch was no draft', async () => {
    await batching.batches.append(customer, aMessage('one'), true);
    const { batchId } = await handedOff();
    await types();
    expect(await commits.commit(customer, batchId)).toMatchObject({ outcome: 'wait' });
    batching.now += QUIET_MS;
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'committed' });
    await types();
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'committed' });
  });

  it.each(['while its turn is another’s', 'once nobody is in a turn'])(
    'ends a superseded job: that it is superseded is remembered as long as a job, whatever its host’s clock says, %s',
    async (when) => {
      await write('one');
      const { batchId } = await handedOff();
      await write('two');
      if (when === 'once nobody is in a turn') await batching.open.clear(customer);
      const host = jest.spyOn(Date, 'now').mockReturnValue(batching.now - 100 * DAY_MS);
      expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'superseded' });
      host.mockRestore();
      const { superseded } = batching.store.keysOf(customer);
      expect(await batching.redis.zscore(superseded, batchId)).toBe(String(batching.now + 3 * DAY_MS));
    },
  );

  it('hears that a later batch has the messages', async () => {
    await write('one');
    const { batchId } = await handedOff();
    await write('two');
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'superseded' });
  });

  it('waits for a batcher that has added the job and not settled it: that batch may still be superseded', async () => {
    await write('one');
    batching.now += START_MS;
    const claim = await batching.claims.claim(customer.id);
    if (!claim) throw new Error('nothing was due');
    await batching.handOff.deliver([merge(customer, claim, ' ')], performance.now());
    expect(await commits.commit(customer, claim.batchId)).toMatchObject({ outcome: 'wait' });
    await batching.claims.settle(claim);
    await write('two');
    expect(await commits.commit(customer, claim.batchId)).toEqual({ outcome: 'superseded' });
  });

  it('hears of a batch that is settled and superseded while it asks', async () => {
    await write('one');
    const { batchId } = await handedOff();
    jest.spyOn(turns, 'commitOf').mockImplementationOnce(async () => {
      await write('two');
      return { outcome: 'stale' };
    });
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'superseded' });
  });

  it('hears that its answer may go where the turn is over, and the job is kept', async () => {
    await write('one');
    const { batchId } = await handedOff();
    await turns.endOf(customer, batchId);
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'committed' });
    await batching.queue.remove(batchId);
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'unknown' });
  });

  it('hears that another batch is in its turn', async () => {
    await write('one');
    const { batchId } = await handedOff();
    await turns.endOf(customer, batchId);
    await write('two');
    await handedOff();
    expect(await commits.commit(customer, batchId)).toEqual({ outcome: 'busy' });
  });

  it('hears that nothing is known of a batch of another conversation', async () => {
    await write('one');
    const { batchId } = await handedOff();
    expect(await commits.commit(aConversation('79007654321'), batchId)).toEqual({ outcome: 'unknown' });
  });
});
