import { conversationOf } from '@app/contracts';
import { contentsOf } from '../../../../../test/support/redis-contents';
import { BatchService } from '../../batch.service';
import { Claims } from '../../hand-off/claims';
import { BatchStore } from '../../store/batch-store';
import type { Keys } from '../../store/keys';
import { SetAside } from '../../store/set-aside';
import { SetAsideError } from '../../store/set-aside.error';
import { TestBatching } from '../../testing/batching';
import { aMessage } from '../../testing/messages';
import { TimelineRecorder } from '../../timeline/timeline.recorder';
import { Turns } from '../../turns/turns';
import { Aliases } from '../../window/aliases';
import { readStatistics } from '../statistics';
import { ErasedHistory } from './erased-history';
import { ErasedJobs } from './erased-jobs';
import { ErasedMemories } from './erased-memories';
import { ErasedRecords } from './erased-records';
import { Erasure } from './erasure';
import { People } from './people';

// Not the phone that every message of these tests names as its chat.
const PHONE = '79005550101';
const MINE = conversationOf(PHONE, 7);
const OTHER = conversationOf('79007654321', 7);
const LID = conversationOf('wa-lid:241758390126644', 7);

function erasureOf(store: BatchStore, batching: TestBatching): Erasure {
  const people = new People(store);
  return new Erasure(
    store,
    people,
    new ErasedJobs(store, batching.queue),
    new ErasedHistory(store),
    new ErasedMemories(store),
    new ErasedRecords(store, people, new TimelineRecorder(store)),
    new SetAside(store),
  );
}

// With 5, the two ids of the person are in two partitions.
describe.each([1, 5])('an erasure where conversations are in %i partitions', (partitions) => {
  let batching: TestBatching;
  let store: BatchStore;
  let batches: BatchService;
  let erasure: Erasure;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000', MAX_PENDING_PER_CONVERSATION: '10000' });
    const { settings } = batching;
    store = new BatchStore(batching.redis, { ...settings, redis: { ...settings.redis, partitions } });
    batches = new BatchService(store);
    erasure = erasureOf(store, batching);
  });
  afterEach(() => batching.stop());

  it('knows the person by all their ids, and leaves others as they were', async () => {
    await new Aliases(store).learn(LID, MINE);
    await batches.append(LID, aMessage('by lid', { messageId: 'a' }));
    await batches.append(OTHER, aMessage('hello', { messageId: 'b' }));
    expect(await erasure.run(LID.customer, null)).toMatchObject({
      kind: 'erased',
      erased: { messages: 1, aliases: 1, memories: 1 },
    });
    const left = [...(await contentsOf(batching.redis))].join('\n');
    expect(left).not.toContain(PHONE);
    expect(left).not.toContain('241758390126644');
    expect(await batches.read(OTHER)).toMatchObject({ size: 1 });
    expect(await batches.append(OTHER, aMessage('hello', { messageId: 'b' }))).toMatchObject({
      outcome: 'duplicate',
    });
  });

  it('finds what the assistant still knows when nothing else of the customer is left', async () => {
    const key = store.keysOf(MINE).preferences(MINE.id);
    await batching.redis.hset(key, 'staff', '"Anna"');
    expect(await erasure.run(PHONE, null)).toMatchObject({ kind: 'erased', erased: { conversations: 1 } });
    expect(await batching.redis.exists(key)).toBe(0);
  });

  it('changes nothing while a batcher has a batch in hand, and says so', async () => {
    await batches.append(MINE, aMessage('hello'), true);
    const claim = await new Claims(store).claim(MINE.id);
    const before = await contentsOf(batching.redis);
    expect(await erasure.run(PHONE, null)).toMatchObject({
      kind: 'in-flight',
      inFlight: [{ conversationId: MINE.id, what: 'claimed', batchId: claim?.batchId }],
    });
    expect(await contentsOf(batching.redis)).toEqual(before);
  });

  it('takes a dead letter with it, into its own account', async () => {
    await batches.append(MINE, aMessage('hello'), true);
    const claims = new Claims(store);
    const claim = await claims.claim(MINE.id);
    if (claim) await claims.bury(claim, 'refused');
    expect(await erasure.run(PHONE, '7')).toMatchObject({ erased: { deadLetters: 1 } });
    expect(await readStatistics(store)).toMatchObject({
      deadLetters: 0,
      balance: 0,
      totals: { erased: 1, buried: 0 },
    });
  });

  it.each<[string, (keys: Keys) => Promise<unknown>]>([
    ['its state cannot be read', (keys) => batching.redis.set(keys.state(MINE.id), `no state of ${PHONE}`)],
    ['its list has lost a message', (keys) => batching.redis.lpop(keys.messages(MINE.id))],
    ['its list is a text', (keys) => replaceList(keys)],
    ['nothing is left but its state', (keys) => batching.redis.del(keys.messages(MINE.id))],
  ])('deletes what is left of a conversation that is set aside, where %s', async (_, damage) => {
    for (const text of ['one', 'two']) await batches.append(MINE, aMessage(text));
    const keys = store.keysOf(MINE);
    await damage(keys);
    await expect(batches.append(MINE, aMessage('three'))).rejects.toThrow(SetAsideError);
    expect(await erasure.run(PHONE, null)).toMatchObject({
      kind: 'erased',
      erased: { conversations: 1, setAside: 1, messages: 2 },
    });
    expect([...(await contentsOf(batching.redis))].join('\n')).not.toContain(PHONE);
    expect(await readStatistics(store)).toMatchObject({
      balance: 0,
      messages: 0,
      totals: { accepted: 2, erased: 2 },
    });
    expect(await batches.append(MINE, aMessage('again'))).toMatchObject({ outcome: 'opened' });
  });

  async function replaceList(keys: Keys): Promise<void> {
    await batching.redis.del(keys.messages(MINE.id));
    await batching.redis.set(keys.messages(MINE.id), `a text of ${PHONE}`);
  }

  it.each([
    [0, 'in-flight', { setAside: 0, messages: 0 }, { claimed: 1, totals: { erased: 0 } }],
    [3_600_000, 'erased', { setAside: 1, messages: 1 }, { claimed: 0, totals: { erased: 1 } }],
  ])('deletes what was claimed %i ms before it was set aside: %s', async (ageMs, kind, erased, accounts) => {
    // Nobody would claim it again, so its lease is the last that is heard of its owner.
    const owners = new BatchStore(batching.redis, store.settings, { clock: () => Date.now() - ageMs });
    await new BatchService(owners).append(MINE, aMessage('hello'), true);
    await new Claims(owners).claim(MINE.id);
    await batching.redis.rpush(store.keysOf(MINE).messages(MINE.id), 'no message');
    await expect(batches.append(MINE, aMessage('three'))).rejects.toThrow(SetAsideError);
    expect(await erasure.run(PHONE, null)).toMatchObject({ kind, erased });
    expect(await readStatistics(store)).toMatchObject(accounts);
  });

  it('divides what is written meanwhile: each message is erased whole, or pending with the memory of its id', async () => {
    const written: string[] = [];
    let isOver = false;
    const customer = async (name: string): Promise<void> => {
      for (let i = 0; !isOver; i += 1) {
        const messageId = `${name}-${i}`;
        await batches.append(MINE, aMessage(messageId, { messageId }));
        written.push(messageId);
      }
    };
    const customers = Promise.all(['a', 'b', 'c'].map(customer));
    let erased = 0;
    for (let i = 0; i < 10; i += 1) {
      const outcome = await erasure.run(PHONE, null);
      expect(outcome.kind).toBe('erased');
      erased += outcome.erased.messages;
    }
    isOver = true;
    await customers;
    const { messages, totals, balance } = await readStatistics(store);
    expect({ ...totals, balance }).toMatchObject({ accepted: written.length, erased, balance: 0 });
    expect(messages).toBe(written.length - erased);
    const keys = store.keysOf(MINE);
    const pending = (await batching.redis.lrange(keys.messages(MINE.id), 0, -1)).map(
      (element) => (JSON.parse(element) as { messageId: string }).messageId,
    );
    expect(pending).toHaveLength(messages);
    for (const messageId of pending)
      expect(await batches.append(MINE, aMessage(messageId, { messageId }))).toMatchObject({
        outcome: 'duplicate',
      });
  });

  it('ends a turn whose job it has removed: what is written next is due as its silence says', async () => {
    await new Turns(store).showWorker();
    await batches.append(MINE, aMessage('hello'), true);
    const claims = new Claims(store);
    const claim = await claims.claim(MINE.id);
    if (claim) await claims.settle(claim);
    expect(await store.stateOf(MINE)).toMatchObject({ turn: claim?.batchId });
    expect(await erasure.run(PHONE, null)).toMatchObject({ kind: 'erased', erased: { history: 1 } });
    const next = await batches.append(MINE, aMessage('again'));
    expect('dueAt' in next && next.dueAt).toEqual(expect.any(Number));
    expect(await readStatistics(store)).toMatchObject({
      turns: 0,
      balance: 0,
      totals: { delivered: 1, erased: 0 },
    });
  });
});
