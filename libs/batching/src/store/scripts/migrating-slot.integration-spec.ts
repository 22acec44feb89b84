import { RedisCluster } from '../../../../../test/support/redis-cluster';
import { Audit } from '../../operators/audit';
import { BatchService } from '../../batch.service';
import type { BatchStore } from '../batch-store';
import { type Claim, Claims } from '../../hand-off/claims';
import { conversationOf } from '@app/contracts';
import { DeadLetters } from '../../operators/dead-letters';
import { Pause } from '../../operators/pause';
import { aMessage } from '../../testing/messages';
import { SlotMove } from '../../testing/slot-move';
import { Turns } from '../../turns/turns';
import { beat } from './beat';
import { leave } from './leave';

const [OURS, IN_TURN, BURIED] = [1, 2, 3].map((company) => conversationOf('79001234567', company)) as [
  ReturnType<typeof conversationOf>,
  ReturnType<typeof conversationOf>,
  ReturnType<typeof conversationOf>,
];
let now = 1_700_000_000_000;

/** What there is before a verb: something under every key that any script knows, our conversation claimed or not. */
interface Scene {
  store: BatchStore;
  claim: Claim;
  buried: Claim;
  inTurn: Claim;
}

type Verb = [name: string, act: (scene: Scene) => Promise<unknown>, isClaimed?: boolean];

const VERBS: Verb[] = [
  ['append', ({ store }) => new BatchService(store).append(OURS, aMessage('new', { messageId: 'new' }))],
  [
    'append, duplicate',
    ({ store }) => new BatchService(store).append(OURS, aMessage('1', { messageId: '1' })),
  ],
  ['append, direct', ({ store }) => new BatchService(store).append(OURS, aMessage('now'), true)],
  ['flush', ({ store }) => new BatchService(store).flush(OURS, 'manual')],
  ['clear', ({ store }) => new BatchService(store).clear(OURS)],
  ['claim', ({ store }) => new Claims(store).claim(OURS.id)],
  ['settle', ({ store, claim }) => new Claims(store).settle(claim), true],
  ['release', ({ store, claim }) => new Claims(store).release(claim, 1_000, true), true],
  ['bury', ({ store, claim }) => new Claims(store).bury(claim, 'refused'), true],
  ['redrive', ({ store, buried }) => new DeadLetters(store).redrive(buried.batchId)],
  ['discard', ({ store, buried }) => new DeadLetters(store).discard(buried.batchId)],
  ['begin a turn', ({ store, inTurn }) => new Turns(store).begin(IN_TURN, inTurn.batchId)],
  ['end a turn', ({ store, inTurn }) => new Turns(store).endOf(IN_TURN, inTurn.batchId)],
  ['judge a turn', ({ store, inTurn }) => new Turns(store).judge(IN_TURN, inTurn.batchId, true)],
  ['pause', ({ store }) => new Pause(store).stop()],
  ['beat', ({ store }) => store.runner.run(beat, process(store), { id: 'b', card: '{}', aliveMs: 10_000 })],
  ['leave', ({ store }) => store.runner.run(leave, process(store), { id: 'a', aliveMs: 10_000 })],
];

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
    it.each(VERBS)('%s is done or not, and can be done again', async (_, act, isClaimed = false) => {
      const scene = await set(move.store, isClaimed);
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
      expect(await new BatchService(move.store).statistics()).toMatchObject({ balance: 0 });
    });
  });

  it('runs what touches no absent key, and would stop what touches a key that it has removed', async () => {
    const scene = await set(move.store, true);
    await move.store.redis.set(move.store.partitions.home.audit, 'here');
    await move.begin(0);
    expect(await failureOf(new Claims(move.store).settle(scene.claim))).toBeNull();
    const touching = "redis.call('DEL', KEYS[1]) return redis.call('GET', KEYS[1])";
    const failure = await failureOf(move.store.redis.eval(touching, 1, move.store.partitions.home.audit));
    expect(failure?.message).toMatch(/non local key/);
    await move.end();
  });
});

async function failureOf(step: Promise<unknown>): Promise<Error | null> {
  return step.then(
    () => null,
    (error: unknown) => error as Error,
  );
}

async function set(store: BatchStore, isClaimed: boolean): Promise<Scene> {
  const batches = new BatchService(store);
  const claims = new Claims(store);
  await new Turns(store).showWorker();
  await store.runner.run(beat, process(store), { id: 'a', card: '{}', aliveMs: 10_000 });
  const [inTurn, buried] = [await claimed(IN_TURN), await claimed(BURIED)];
  await claims.settle(inTurn);
  await claims.bury(buried, 'refused');
  await batches.append(IN_TURN, aMessage('meanwhile'));
  const claim = await claimed(OURS);
  if (!isClaimed) {
    await claims.settle(claim);
    await new Turns(store).endOf(OURS, claim.batchId);
    await batches.append(OURS, aMessage('1', { messageId: '1' }));
    now += 2_000;
  }
  return { store, claim, buried, inTurn };

  async function claimed(conversation: typeof OURS): Promise<Claim> {
    await batches.append(conversation, aMessage('hello'));
    now += 2_000;
    return (await claims.claim(conversation.id)) as Claim;
  }
}

function process({ partitions }: BatchStore): { processes: string; cards: string } {
  const { processes, processCards } = partitions.home;
  return { processes, cards: processCards };
}
