import type { Conversation } from '@app/contracts';
import type { Claim } from '../hand-off/claims';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Turns } from '../turns/turns';
import { Steering } from './steering';
import { TypingAndHold } from './typing-and-hold';

const ALIAS = aConversation('wa-lid:241758390126644');
const KNOWN = aConversation('79001234567');
const HOUR_MS = 3_600_000;
const NO_ORDERS = [undefined, undefined, undefined];

describe.each([[ALIAS], [KNOWN]])('what was ordered for an id that is an alias now, ended by %j', (by) => {
  let batching: TestBatching;
  let steering: Steering;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000', BUSY_POLICY: 'supersede' });
    steering = new Steering(batching.store);
    // The list of orders goes by Redis's own clock.
    batching.now = Date.now();
  });
  afterEach(() => batching.stop());

  const ordersIn = async (conversation: Conversation): Promise<unknown[]> => {
    const { heldUntil, mutedUntil, blockedUntil } = await batching.store.stateOf(conversation);
    return [heldUntil, mutedUntil, blockedUntil];
  };

  async function endAll(): Promise<void> {
    await steering.hold(by, 0);
    await steering.mute(by, 0);
    await steering.block(by, 0);
  }

  it.each([0, 2 * HOUR_MS])(
    'is over for both, where the phone had orders for %d ms itself',
    async (ownMs) => {
      if (ownMs > 0) await steering.mute(KNOWN, ownMs);
      await steering.hold(ALIAS, HOUR_MS);
      await steering.mute(ALIAS, HOUR_MS);
      await steering.block(ALIAS, null);
      await batching.aliases.learn(ALIAS, KNOWN);
      expect((await steering.all()).map(({ order, conversationId }) => [order, conversationId])).toEqual([
        ['hold', KNOWN.id],
        ['mute', KNOWN.id],
        ['block', KNOWN.id],
      ]);
      await endAll();
      expect(await steering.all()).toEqual([]);
      expect([await ordersIn(ALIAS), await ordersIn(KNOWN)]).toEqual([NO_ORDERS, NO_ORDERS]);
      // Of a replay, or a dead letter that is redriven.
      expect(await new Turns(batching.store).begin(ALIAS, { batchId: 'b-1' })).toMatchObject({
        isMuted: false,
      });
    },
  );

  it('lets what the alias has at the bot go its way, and holds nothing back for it', async () => {
    const turns = new Turns(batching.store);
    await batching.batches.append(ALIAS, aMessage('Hi'));
    batching.now += 1_000;
    const [draft] = (await batching.claims.claimEach([ALIAS.id])) as [Claim];
    await new TypingAndHold(batching.store).hold(ALIAS, 24 * HOUR_MS);
    await batching.aliases.learn(ALIAS, KNOWN);
    await batching.claims.settle(draft);
    const begun = await turns.begin(ALIAS, { batchId: draft.batchId, final: false });
    if (typeof begun === 'string') throw new Error(begun);
    await batching.batches.append(ALIAS, aMessage('and'));
    expect(await turns.commit(begun)).toEqual({ outcome: 'committed' });
    await turns.end(begun);
    await steering.hold(by, 0);
    expect([await ordersIn(ALIAS), await ordersIn(KNOWN)]).toEqual([NO_ORDERS, NO_ORDERS]);
  });
});

describe('an id with an order, and the phone in another slot', () => {
  let batching: TestBatching;
  let steering: Steering;

  beforeEach(async () => {
    batching = await TestBatching.start({ PARTITIONS: '5' });
    steering = new Steering(batching.store);
    // The list of orders goes by Redis's own clock.
    batching.now = Date.now();
  });
  afterEach(() => batching.stop());

  it('becomes an alias once the order is over, because nobody could end it there', async () => {
    expect(batching.store.keysOf(ALIAS)).not.toBe(batching.store.keysOf(KNOWN));
    const homeOfNext = async (): Promise<string> => {
      await batching.aliases.learn(ALIAS, KNOWN);
      return (await batching.store.homeOf(ALIAS)).id;
    };
    await steering.mute(ALIAS, null);
    expect(await homeOfNext()).toBe(ALIAS.id);
    await steering.mute(ALIAS, 0);
    await steering.block(ALIAS, HOUR_MS);
    expect(await homeOfNext()).toBe(ALIAS.id);
    await steering.hold(ALIAS, 2 * HOUR_MS);
    batching.now += HOUR_MS;
    expect(await homeOfNext()).toBe(ALIAS.id);
    batching.now += HOUR_MS;
    expect(await homeOfNext()).toBe(KNOWN.id);
    expect(await steering.mute(ALIAS, null)).toBeNull();
    expect(await homeOfNext()).toBe(KNOWN.id);
    expect(await batching.store.stateOf(KNOWN)).toHaveProperty('mutedUntil');
    expect(await batching.store.stateOf(ALIAS)).not.toHaveProperty('mutedUntil');
  });
});
