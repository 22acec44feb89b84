import type { Conversation } from '@app/contracts';
import { Replay } from '../operators/replay';
import type { Keys } from '../store/keys';
import { SetAside } from '../store/set-aside';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Turns } from '../turns/turns';
import { TypingAndHold } from './typing-and-hold';

const HABIT_KEPT_S = 90 * 24 * 3_600;
const MINUTE_MS = 60_000;

const DYNAMIC = {
  ENDPOINTING: 'dynamic',
  BATCH_TIMEOUT: '9000',
  BATCH_TIMEOUT_MIN: '4000',
  BATCH_TIMEOUT_MAX: '15000',
  BATCH_TIMEOUT_BY_TYPE: 'audio:12000,image:1000',
};

describe.each(['hold', 'supersede'])('a window by habit, with BUSY_POLICY=%s', (policy) => {
  let batching: TestBatching;
  let turns: Turns;
  let keys: Keys;
  let anna: Conversation;
  let company = 0;

  beforeAll(async () => {
    batching = await TestBatching.start({ ...DYNAMIC, BUSY_POLICY: policy });
    turns = new Turns(batching.store);
    await turns.showWorker();
  });
  afterAll(() => batching.stop());
  beforeEach(() => {
    anna = aConversation('79001234567', (company += 1));
    keys = batching.store.keysOf(anna);
  });

  /** When what the customer has written is due, ms from now. */
  async function writes(type = 'text', conversation = anna): Promise<number> {
    const appended = await batching.batches.append(conversation, aMessage('x', { type }));
    if (!('dueAt' in appended) || appended.dueAt === null) throw new Error('nothing is due');
    return appended.dueAt - batching.now;
  }

  /** Hands off what is due, and lets the bot answer it at once. */
  async function isAnswered(conversation = anna): Promise<void> {
    batching.now += MINUTE_MS;
    await batching.sweep.run();
    const { turn } = await batching.store.stateOf(conversation);
    const begun = await turns.begin(conversation, { batchId: turn ?? '' });
    if (typeof begun === 'string') throw new Error(begun);
    await turns.commit(begun);
    await turns.end(begun, { isDelivered: true, hasAnswered: true });
  }

  /** A turn of so many messages, long after the one before it. */
  async function turn(messages: number, conversation = anna): Promise<void> {
    batching.now += MINUTE_MS;
    for (let i = 0; i < messages; i += 1) await writes('text', conversation);
    await isAnswered(conversation);
  }

  const window = async (): Promise<unknown> => (await batching.jobs()).at(-1)?.window;

  it('is the usual one while nothing is known, and says so', async () => {
    expect(await writes()).toBe(9_000);
    await isAnswered();
    expect(await window()).toEqual({ ms: 9_000, why: 'normal: split 0 of the last 0 turns' });
  });

  it('is the shortest for one message of a customer who never splits, and no longer that for a second', async () => {
    for (let i = 0; i < 12; i += 1) await turn(1);
    batching.now += MINUTE_MS;
    expect(await writes()).toBe(4_000);
    batching.now += 1_000;
    expect(await writes()).toBe(9_000);
    await isAnswered();
    expect(await window()).toEqual({ ms: 9_000, why: 'normal: split 0 of the last 12 turns' });
    await turn(1);
    expect(await window()).toEqual({ ms: 4_000, why: 'min: split 1 of the last 13 turns' });
  });

  it('is the longest for a customer who often splits', async () => {
    await turn(2);
    expect(await writes()).toBe(15_000);
    await isAnswered();
    expect(await window()).toEqual({ ms: 15_000, why: 'max: split 1 of the last 1 turns' });
  });

  it('counts an answer that came too early as two parts of one split turn', async () => {
    await turn(1);
    batching.now += 4_999;
    expect(await writes()).toBe(9_000);
    await isAnswered();
    expect(await batching.store.stateOf(anna)).toMatchObject({ habitTurns: 2, habitSplits: 2 });
    batching.now += 5_000;
    await writes();
    await isAnswered();
    expect(await batching.store.stateOf(anna)).toMatchObject({ habitTurns: 3, habitSplits: 2 });
  });

  it('forgets: with twenty turns both counts are halved', async () => {
    await turn(2);
    for (let i = 0; i < 19; i += 1) await turn(1);
    expect(await batching.store.stateOf(anna)).toMatchObject({ habitTurns: 20, habitSplits: 1 });
    await turn(1);
    expect(await batching.store.stateOf(anna)).toMatchObject({ habitTurns: 11, habitSplits: 1 });
  });

  it('is longer where the type of a message asks for more, and never shorter', async () => {
    expect(await writes('image')).toBe(9_000);
    expect(await writes('audio')).toBe(12_000);
    await isAnswered();
    expect(await window()).toEqual({ ms: 12_000, why: 'by type' });
  });

  it('is in the history, and in a replay', async () => {
    await turn(1);
    const [job] = (await batching.jobs()).slice(-1);
    const { items } = await batching.history.page(1, null, anna.customer);
    expect(items[0]?.window).toEqual({ ms: 9_000, why: 'normal: split 0 of the last 0 turns' });
    const replayed = await new Replay(batching.store, batching.history, batching.handOff).run(
      job?.batchId ?? '',
    );
    expect(replayed).toMatchObject({ message: { window: items[0]?.window } });
  });

  it('is kept for 90 days, and only the two numbers of it', async () => {
    await turn(1);
    const ttlS = await batching.redis.ttl(keys.state(anna.id));
    expect(ttlS).toBeGreaterThan(HABIT_KEPT_S - 600);
    expect(ttlS).toBeLessThanOrEqual(HABIT_KEPT_S);
    const { habitTurns, habitSplits, why, window: batchs, shows } = await batching.store.stateOf(anna);
    expect({ habitTurns, habitSplits, why, batchs, shows }).toEqual({ habitTurns: 1, habitSplits: 0 });
  });

  it('is that of both ids of one customer', async () => {
    const lid = aConversation('wa-lid:1', anna.companyId);
    await turn(2, lid);
    await turn(1);
    await batching.aliases.learn(lid, anna);
    expect(await batching.store.stateOf(anna)).toMatchObject({ habitTurns: 2, habitSplits: 1 });
    expect(await batching.store.stateOf(lid)).not.toHaveProperty('habitTurns');
    expect(await writes('text', lid)).toBe(15_000);
  });

  it('joins that of another id without a loss of what its turn knows: somebody types', async () => {
    const lid = aConversation('wa-lid:1', anna.companyId);
    await turn(1, lid);
    await writes('text', lid);
    batching.now += 20_000;
    await batching.sweep.run();
    await new TypingAndHold(batching.store).typing(lid, true);
    await batching.aliases.learn(lid, anna);
    const { turn: batchId = '' } = await batching.store.stateOf(lid);
    const begun = await turns.begin(lid, { batchId });
    if (typeof begun === 'string') throw new Error(begun);
    expect(await turns.commit(begun)).toMatchObject({ outcome: 'wait', isTyping: true });
  });

  it('outlives a repair', async () => {
    await turn(2);
    await writes();
    await batching.redis.rpush(keys.messages(anna.id), 'not ours');
    await expect(writes()).rejects.toThrow('its list holds 2 messages');
    await new SetAside(batching.store).repair(anna);
    expect(await batching.store.stateOf(anna)).toMatchObject({ habitTurns: 1, habitSplits: 1 });
  });

  it('is the same after a dead letter was redriven, and counts then', async () => {
    await writes();
    batching.now += MINUTE_MS;
    const claim = await batching.claims.claim(anna.id);
    if (!claim) throw new Error('nothing was due');
    await batching.claims.bury(claim, 'refused');
    expect(await batching.store.stateOf(anna)).not.toHaveProperty('habitTurns');
    await batching.deadLetters.redrive(claim.batchId);
    await isAnswered();
    expect(await window()).toEqual({ ms: 9_000, why: 'normal: split 0 of the last 0 turns' });
    expect(await batching.store.stateOf(anna)).toMatchObject({ habitTurns: 1 });
  });
});
