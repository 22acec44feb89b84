import { SetAside } from '../store/set-aside';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Steering } from './steering';
import { TypingAndHold } from './typing-and-hold';

const HOUR_MS = 3_600_000;

describe('orders for a conversation', () => {
  const customer = aConversation();
  let batching: TestBatching;
  let steering: Steering;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TTL: '100' });
    steering = new Steering(batching.store);
  });
  afterEach(() => batching.stop());

  it('outlive what is known of an idle conversation otherwise', async () => {
    await steering.mute(customer, HOUR_MS);
    const state = batching.store.keysOf(customer).state(customer.id);
    expect(await batching.redis.ttl(state)).toBeGreaterThan(3_500);
    await steering.block(customer, null);
    expect(await batching.redis.ttl(state)).toBeGreaterThan(100 * 365 * 24 * 3_600);
    await steering.mute(customer, 0);
    await steering.block(customer, 0);
    expect(await batching.redis.ttl(state)).toBeLessThanOrEqual(100);
  });

  it('end by themselves', async () => {
    batching.now = Date.now();
    expect(await steering.block(customer, HOUR_MS)).toBe(batching.now + HOUR_MS);
    expect(await batching.batches.append(customer, aMessage('early'))).toMatchObject({ outcome: 'blocked' });
    batching.now += HOUR_MS;
    expect(await batching.batches.append(customer, aMessage('late'))).toMatchObject({ outcome: 'opened' });
    expect(await steering.of(customer)).toMatchObject({ muted: null, blocked: null });
  });

  it('are not shortened by a colleague’s answer, and ended by an operator alone', async () => {
    const until = await steering.hold(customer, HOUR_MS);
    expect(await steering.hold(customer, 2 * HOUR_MS)).toBe((until ?? 0) + HOUR_MS);
    await new TypingAndHold(batching.store).hold(customer);
    expect(await batching.store.stateOf(customer)).toMatchObject({ heldUntil: (until ?? 0) + HOUR_MS });
    expect(await steering.hold(customer, 60_000)).toBe((until ?? 0) - HOUR_MS + 60_000);
    expect(await steering.hold(customer, 0)).toBeNull();
  });

  it('stay where a damaged conversation is repaired', async () => {
    await batching.batches.append(customer, aMessage('hello'));
    await steering.mute(customer, null);
    await batching.redis.rpush(batching.store.keysOf(customer).messages(customer.id), 'no message');
    await expect(batching.batches.append(customer, aMessage('again'))).rejects.toThrow();
    await new SetAside(batching.store).repair(customer);
    expect((await steering.of(customer)).muted).toEqual(expect.any(Number));
  });
});
