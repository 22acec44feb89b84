import { RedisCluster } from '../../../../../test/support/redis-cluster';
import { Claims } from '../../hand-off/claims';
import { Audit } from '../../operators/audit';
import { readStatistics } from '../../operators/statistics';
import { SlotMove } from '../../testing/slot-move';
import { setScene, VERBS } from '../../testing/verbs';

let now = 1_700_000_000_000;

/** Nobody fails over here: whoever stands still for a while is waited for. */
const NODE_TIMEOUT_MS = 60_000;

describe('while a slot migrates', () => {
  let cluster: RedisCluster;
  let move: SlotMove;

  beforeAll(async () => {
    cluster = await RedisCluster.start(2, 0, NODE_TIMEOUT_MS);
    move = await SlotMove.of(cluster, () => now);
  });
  beforeEach(() => move.empty());
  afterAll(async () => {
    move.stop();
    await cluster.stop();
  });

  describe.each([
    ['and has lost nothing yet', 0],
    ['and is half away', 0.5],
    ['and is away', 1],
  ])('%s', (_, part) => {
    it.each(VERBS.filter(({ isOfQueue }) => !isOfQueue))(
      '$name is done or not, and can be done again',
      async ({ act, isClaimed }) => {
        const scene = await setScene(move.store, pass, isClaimed);
        const before = await move.contents();
        await move.begin(part);
        const failure = await failureOf(act(scene));
        if (failure) {
          // Redirected or asked to wait before its first line: never stopped behind it.
          expect(failure.message).toMatch(/TRYAGAIN|ASK|MOVED/);
          expect(await move.contents()).toEqual(before);
        }
        await move.end();
        if (failure) await act({ ...scene, store: move.store });
        expect(await move.contents()).not.toEqual(before);
        expect(await new Audit(move.store).run()).toMatchObject({ ok: true });
        expect(await readStatistics(move.store)).toMatchObject({ balance: 0 });
      },
    );
  });

  it('runs what touches no absent key, and would stop what touches a key that it has removed', async () => {
    const scene = await setScene(move.store, pass, true);
    await move.store.redis.hset(move.store.partitions.home.setAside, 'elsewhere', '0 as an example');
    await move.store.redis.set(move.store.partitions.home.audit, 'here');
    await move.begin(0);
    expect(await failureOf(new Claims(move.store).settle(scene.claim))).toBeNull();
    const touching = "redis.call('DEL', KEYS[1]) return redis.call('GET', KEYS[1])";
    const failure = await failureOf(move.store.redis.eval(touching, 1, move.store.partitions.home.audit));
    expect(failure?.message).toMatch(/non local key/);
    await move.end();
  });
});

const pass = (ms: number): void => {
  now += ms;
};

async function failureOf(step: Promise<unknown>): Promise<Error | null> {
  return step.then(
    () => null,
    (error: unknown) => error as Error,
  );
}
