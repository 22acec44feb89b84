import type { MergedMessage } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { type Turn, Turns } from './turns';

describe('the account of what is answered', () => {
  let batching: TestBatching;
  let turns: Turns;
  const turn: Turn = { conversation: aConversation(), batchId: 'b-1', token: '' };
  const batch = (batchId: string, replayOf?: string): MergedMessage =>
    ({ batchId, messageCount: 3, ...(replayOf && { replayOf }) }) as MergedMessage;

  beforeEach(async () => {
    batching = await TestBatching.start();
    turns = new Turns(batching.store);
  });
  afterEach(() => batching.stop());

  const answered = async (): Promise<number> => (await batching.statistics()).totals.answered;

  it('holds the messages of a batch once, however often a worker comes to its end', async () => {
    await turns.countAnswered(turn, batch('b-1'));
    await turns.countAnswered(turn, batch('b-1'));
    expect(await answered()).toBe(3);
    await turns.countAnswered(turn, batch('b-2'));
    expect(await answered()).toBe(6);
  });

  it('holds them once where a replay repeats them, whichever came first to its end', async () => {
    await turns.countAnswered(turn, batch('b-2', 'b-1'));
    await turns.countAnswered(turn, batch('b-1'));
    expect(await answered()).toBe(3);
  });

  it('leaves the sum of the other accounts alone', async () => {
    await turns.countAnswered(turn, batch('b-1'));
    expect((await batching.statistics()).balance).toBe(0);
  });
});

describe('a turn whose company stops holding turns while its batch is at the bot', () => {
  let batching: TestBatching;
  const customer = aConversation();

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000', BUSY_POLICY: 'hold' });
    await new Turns(batching.store).showWorker();
  });
  afterEach(() => batching.stop());

  it('is ended by its worker all the same: nothing behind it waits until the queue is asked', async () => {
    await batching.batches.append(customer, aMessage('hello'));
    batching.now += 1_000;
    await batching.sweep.run();
    const [job] = await batching.jobs();
    if (!job) throw new Error('nothing was handed off');
    expect(await batching.store.stateOf(customer)).toMatchObject({ turn: job.batchId });

    const { settings } = batching;
    const parallel = { ...settings, turns: { ...settings.turns, held: false } };
    const store = new BatchStore(batching.redis, { ...parallel, of: () => parallel });
    const turns = new Turns(store);
    const begun = await turns.begin(customer, job);
    if (typeof begun === 'string') throw new Error(begun);
    expect(await turns.end(begun)).toBe('ended');
    expect((await batching.store.stateOf(customer)).turn).toBeUndefined();
  });
});
