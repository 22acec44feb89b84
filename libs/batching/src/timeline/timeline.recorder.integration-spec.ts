import { parseConversationId, type TimelineNote } from '@app/contracts';
import { TestBatching } from '../testing/batching';
import { aConversation } from '../testing/messages';
import { TimelineRecorder } from './timeline.recorder';

const DAY_MS = 24 * 3_600_000;

function anIgnored(reason = 'empty'): TimelineNote {
  return { kind: 'ignored', reason, gateway: 'waha', messageId: null };
}

describe('the notes of a timeline', () => {
  let batching: TestBatching;
  let recorder: TimelineRecorder;
  let outcomes: boolean[];
  const conversation = aConversation();
  const { customer } = conversation;

  const start = async (variables: Record<string, string> = {}): Promise<void> => {
    batching = await TestBatching.start(variables);
    batching.now = Date.now();
    outcomes = [];
    recorder = new TimelineRecorder(batching.store, { noted: (isKept) => outcomes.push(isKept) });
  };
  afterEach(() => batching.stop());

  const keep = async (...notes: TimelineNote[]): Promise<void> => {
    for (const note of notes) recorder.record(conversation, note);
    await recorder.beforeApplicationShutdown();
  };
  const reasons = async (): Promise<unknown[]> =>
    (await recorder.notesOf(customer)).map((note) => 'reason' in note && note.reason);

  it('are kept as they were given, with their time and their conversation', async () => {
    await start();
    await keep(anIgnored(), { kind: 'operator', act: 'flush', by: 'anna', at: 1_700_000_000_000 });
    expect(await recorder.notesOf(customer)).toEqual([
      { conversationId: conversation.id, kind: 'operator', act: 'flush', by: 'anna', at: 1_700_000_000_000 },
      { conversationId: conversation.id, ...anIgnored(), at: expect.any(Number) as number },
    ]);
    expect(outcomes).toEqual([true, true]);
  });

  it('of a customer are together, whichever company they are about', async () => {
    await start();
    recorder.record(parseConversationId(`17:${customer}`), anIgnored('group'));
    await keep(anIgnored());
    expect(await reasons()).toEqual(['group', 'empty']);
  });

  it('make room for the latest', async () => {
    await start({ TIMELINE_MAX: '3' });
    await keep(...['a', 'b', 'c', 'd', 'e'].map(anIgnored));
    expect(await reasons()).toEqual(['c', 'd', 'e']);
  });

  it('end with their age, all of them where nothing follows', async () => {
    await start();
    await keep(anIgnored('old'));
    const { timelines } = batching.store.partitions.home;
    for (const key of [batching.store.partitions.home.timeline(customer), timelines])
      expect(await batching.redis.pttl(key)).toBeGreaterThan(DAY_MS - 60_000);
    batching.now += 2 * DAY_MS;
    await keep(anIgnored('new'));
    // Both have Redis's own time; the second one's clock is two days ahead of it.
    expect(await reasons()).toEqual([]);
  });

  it('are of so many customers, and those of whom nothing was noted for longest go first', async () => {
    await start({ TIMELINE_CUSTOMERS: '2' });
    for (const phone of ['79000000001', '79000000002', '79000000001', '79000000003']) {
      batching.now += 1;
      recorder.record(parseConversationId(phone), anIgnored());
      await recorder.beforeApplicationShutdown();
    }
    const kept = await batching.redis.keys('rapid-fire-timeline:*');
    expect(kept.sort()).toEqual(['rapid-fire-timeline:79000000001', 'rapid-fire-timeline:79000000003']);
  });

  it('hold the beginning of a long text', async () => {
    await start();
    await keep(anIgnored('ю'.repeat(100_000)));
    expect(await reasons()).toEqual([`${'ю'.repeat(300)}…`]);
  });

  it('are erased with their customer', async () => {
    await start();
    await keep(anIgnored(), anIgnored());
    expect(await recorder.erase(customer)).toBe(2);
    expect(await batching.redis.keys('*timeline*')).toEqual([]);
  });

  it('are not kept where none are wanted', async () => {
    await start({ TIMELINE_MAX: '0' });
    await keep(anIgnored());
    expect(await batching.redis.keys('*timeline*')).toEqual([]);
    expect(outcomes).toEqual([]);
  });

  it('are lost without a word to the caller where Redis does not take them, and counted', async () => {
    await start();
    await batching.redis.set(batching.store.partitions.home.timeline(customer), 'no stream');
    await keep(anIgnored());
    expect(outcomes).toEqual([false]);
  });

  it('do not pile up in the process while Redis is slow', async () => {
    await start();
    await keep(...Array.from({ length: 1_100 }, () => anIgnored()));
    expect(outcomes.filter((isKept) => !isKept)).toHaveLength(100);
  });
});
