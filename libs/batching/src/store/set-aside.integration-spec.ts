import { pack } from 'msgpackr';
import type { Conversation } from '@app/contracts';
import { eraseConversation } from '../operators/erasure/erasure';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { assertSound } from '../testing/soundness';
import { asOfVersion010 } from '../testing/version-010';
import { SetAside } from './set-aside';
import { SetAsideError } from './set-aside.error';

const DAMAGED = aConversation('79001234567', 1);
const NEIGHBOURS = Array.from({ length: 20 }, (_, i) => aConversation(`7900${2_000_000 + i}`, 1));

/** A damage to the keys of a conversation, and how many of its two messages are left. */
type Damage = [name: string, damage: (batching: TestBatching) => Promise<unknown>, left: number];

const DAMAGES: Damage[] = [
  ['its list is a text', ({ redis }) => redis.multi().del(list()).set(list(), 'text').exec(), 0],
  ['its list is a hash', ({ redis }) => redis.multi().del(list()).hset(list(), 'a', 'b').exec(), 0],
  ['its list is gone', ({ redis }) => redis.del(list()), 0],
  ['its list has lost its head', ({ redis }) => redis.lpop(list()), 1],
  ['its list has lost its tail', ({ redis }) => redis.rpop(list()), 1],
  ['its list holds a foreign entry', ({ redis }) => redis.rpush(list(), 'no JSON'), 2],
  [
    'its list holds a message twice',
    async ({ redis }) => redis.rpush(list(), (await redis.lindex(list(), 0)) ?? ''),
    2,
  ],
  ['its state is a list', ({ redis }) => redis.multi().del(state()).rpush(state(), 'x').exec(), 2],
  ['its state is gone', ({ redis }) => redis.del(state()), 2],
  ['its state is no map', ({ redis }) => redis.set(state(), pack(7)), 2],
  ['its state is no MessagePack', ({ redis }) => redis.set(state(), 'text'), 2],
  [
    'its state is cut off',
    async ({ redis }) => redis.set(state(), ((await redis.getBuffer(state())) ?? Buffer.of()).subarray(0, 9)),
    2,
  ],
  ...['size', 'seq', 'first', 'opened', 'quiet', 'bytes'].flatMap((field): Damage[] => [
    [`its ${field} is text`, (batching) => rewrite(batching, { [field]: 'text' }), 2],
    [`its ${field} is a fraction`, (batching) => rewrite(batching, { [field]: 1.5 }), 2],
    [`its ${field} is not there`, (batching) => rewrite(batching, { [field]: undefined }), 2],
  ]),
  ['its state claims more than it holds', (batching) => rewrite(batching, { batch: 'b-1', count: 5 }), 2],
  ['its state has a claim without a batch', (batching) => rewrite(batching, { count: 1 }), 2],
  ['its state is that of version 0.1.0', ({ store }) => asOfVersion010(store, DAMAGED), 2],
];

function list(): string {
  return `rapid-fire:${DAMAGED.id}`;
}

function state(): string {
  return `rapid-fire-state:${DAMAGED.id}`;
}

async function rewrite({ redis, store }: TestBatching, fields: Record<string, unknown>): Promise<void> {
  const changed: Record<string, unknown> = { ...(await store.stateOf(DAMAGED)), ...fields };
  const packed = Object.entries(changed).filter(([, value]) => value !== undefined);
  await redis.set(state(), pack(Object.fromEntries(packed)));
}

describe('a conversation that is not as it should be', () => {
  let batching: TestBatching;
  let aside: SetAside;

  beforeAll(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000' });
    aside = new SetAside(batching.store);
  });
  beforeEach(() => batching.redis.flushall());
  afterAll(() => batching.stop());

  function append(conversation: Conversation, id: string): Promise<unknown> {
    return batching.batches.append(conversation, aMessage(id, { messageId: `${conversation.id} ${id}` }));
  }

  async function delivered(conversation: Conversation): Promise<string[]> {
    const jobs = (await batching.jobs()).filter(({ conversationId }) => conversationId === conversation.id);
    return jobs.flatMap(({ messages }) => messages.map(({ text }) => text));
  }

  describe.each(DAMAGES)('where %s', (_, damage, left) => {
    it('is set aside alone, kept, shown, and handed off once it is repaired', async () => {
      for (const text of ['one', 'two']) await append(DAMAGED, text);
      for (const neighbour of NEIGHBOURS) await append(neighbour, 'hello');
      await damage(batching);
      batching.now += 2_000;

      // In one lot with all the others; and looked at once, not at every tick.
      expect(await batching.sweep.run()).toMatchObject({ handedOff: NEIGHBOURS.length });
      const [found, ...others] = await aside.some();
      expect(others).toEqual([]);
      expect(found).toMatchObject({ conversationId: DAMAGED.id, since: batching.now });
      expect(found?.reason).not.toMatch(/user_script|one|two/);
      expect((await batching.claims.due(100)).conversations).toEqual([]);
      await assertSound(batching.store, [DAMAGED.id]);

      // No sender is told that a message is stored which would not be.
      await expect(append(DAMAGED, 'three')).rejects.toThrow(SetAsideError);

      const repaired = await aside.repair(DAMAGED);
      expect(repaired.messages).toBeGreaterThanOrEqual(left);
      expect(await aside.count()).toBe(0);
      await append(DAMAGED, 'three');
      batching.now += 2_000;
      await batching.sweep.run();
      const texts = await delivered(DAMAGED);
      expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
      expect(texts).toHaveLength(left + 1);
      expect(texts.at(-1)).toBe('three');
      expect(await batching.redis.llen(list())).toBe(0);
    });

    it('is deleted by an erasure, as far as it is there', async () => {
      for (const text of ['one', 'two']) await append(DAMAGED, text);
      await damage(batching);
      batching.now += 2_000;
      await batching.sweep.run();
      await aside.erase(DAMAGED);
      await eraseConversation(batching.store, DAMAGED);
      expect(await aside.count()).toBe(0);
      expect(await batching.redis.exists(list(), state())).toBe(0);
      expect(await batching.statistics()).toMatchObject({ balance: 0, messages: 0 });
    });
  });

  it('keeps the batch that it had claimed, whose job is no second one', async () => {
    await append(DAMAGED, 'one');
    batching.now += 2_000;
    const claim = await batching.claims.claim(DAMAGED.id);
    await append(DAMAGED, 'two');
    await batching.redis.rpop(list());
    await expect(append(DAMAGED, 'three')).rejects.toThrow(SetAsideError);

    expect(await aside.repair(DAMAGED)).toEqual({ messages: 1, claimed: 1, unreadable: 0 });
    batching.now += 30_000;
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    expect((await batching.jobs()).map(({ batchId }) => batchId)).toEqual([claim?.batchId]);
    // One message is lost; the accounts say so.
    expect(await batching.statistics()).toMatchObject({ balance: 1, claimed: 0, messages: 0 });
  });

  it('keeps for a week what could not be read', async () => {
    await append(DAMAGED, 'one');
    await batching.redis.rpush(list(), 'no JSON');
    await expect(append(DAMAGED, 'two')).rejects.toThrow(SetAsideError);
    expect(await aside.repair(DAMAGED)).toEqual({ messages: 1, claimed: 0, unreadable: 1 });
    const kept = `rapid-fire-damaged:${DAMAGED.id}`;
    expect(await batching.redis.lrange(kept, 0, -1)).toContain('no JSON');
    expect(await batching.redis.ttl(kept)).toBeGreaterThan(6 * 86_400);
  });

  it('is left as it was by a repair, where nothing is amiss', async () => {
    await append(DAMAGED, 'one');
    expect(await aside.repair(DAMAGED)).toEqual({ messages: 1, claimed: 0, unreadable: 0 });
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    await assertSound(batching.store);
  });
});
