import fc from 'fast-check';
import { beginTurn } from './store/scripts/begin-turn';
import { append } from './store/scripts/append';
import { claim } from './store/scripts/claim';
import { edit } from './store/scripts/edit';
import { revoke } from './store/scripts/revoke';
import { settle } from './store/scripts/settle';
import { SCRIPTS } from './store/scripts/all';
import { TestBatching } from './testing/batching';
import { anyCommands } from './testing/commands';
import { assertJobs } from './testing/invariants';
import { Model } from './testing/model';
import { strictAboutRemovals } from './testing/removals';
import { World } from './testing/world';

const RUNS = Number(process.env.MODEL_RUNS ?? 2_000);
const CONTROL_RUNS = 4_000;
const COMMANDS = 40;
// Of which the three conversations are in two.
const PARTITIONS = 5;
// Of which a pass takes a quarter; the rest is for shrinking a failure to what causes it.
const LIMIT_MS = 240_000;

describe('the state machine of a conversation', () => {
  let batching: TestBatching;

  beforeAll(async () => {
    batching = await TestBatching.start({
      BATCH_TIMEOUT: '1000',
      BATCH_TIMEOUT_BY_TYPE: 'audio:2000',
      BATCH_MAX_WAIT: '5000',
      MAX_BATCH_SIZE: '3',
      MAX_BATCH_BYTES: '1024',
      MAX_PENDING_PER_CONVERSATION: '8',
      MAX_PENDING_BYTES: '2500',
      CLAIM_LEASE: '10',
      REDIS_COMMAND_TIMEOUT: '5000',
      DEDUP_TTL: '60',
      MAX_MESSAGE_AGE: '60',
      ON_HUMAN_REPLY: 'hold',
      HUMAN_REPLY_HOLD: '8',
      HISTORY_MAX: '5',
      TURN_MAX: '12',
      BOT_TIMEOUT: '12000',
    });
  });
  afterAll(() => batching.stop());

  /** @param sabotage spoils the system under test, so that the test can be seen to notice. */
  function histories(
    sabotage: (world: World) => void = () => undefined,
    partitions = 1,
  ): fc.IAsyncProperty<[Iterable<unknown>]> {
    const { redis, queue } = batching;
    const settings = { ...batching.settings, redis: { ...batching.settings.redis, partitions } };
    return fc.asyncProperty(anyCommands(COMMANDS), async (commands) => {
      await redis.flushall();
      const model = Model.of(settings);
      const world = new World(redis, queue, settings, model);
      sabotage(world);
      await fc.asyncModelRun(() => ({ model, real: world }), commands);
      await assertJobs(world, model);
    });
  }

  /** Fails with the shortest history that breaks the property. A slow machine, which may do fewer runs, says so. */
  async function holds(
    property: ReturnType<typeof histories>,
    numRuns: number,
    seed?: number,
  ): Promise<void> {
    const given = seed === undefined ? {} : { seed };
    const found = await fc.check(property, { numRuns, interruptAfterTimeLimit: LIMIT_MS, ...given });
    if (found.failed) throw new Error((await fc.asyncDefaultReportMessage(found)) ?? 'broken');
    if (found.interrupted)
      process.stdout.write(`model test: ${found.numRuns} runs in ${LIMIT_MS / 1000} s\n`);
    expect(found.numRuns).toBeGreaterThanOrEqual(numRuns / 10);
  }

  it(`keeps every invariant in ${RUNS} random histories`, async () => {
    const seed = Number(process.env.MODEL_SEED ?? Date.now());
    process.stdout.write(`model test: ${RUNS} runs, MODEL_SEED=${seed}\n`);
    await holds(histories(), RUNS, seed);
  }, 600_000);

  it('keeps every invariant where conversations are divided into partitions', async () => {
    await holds(histories(undefined, PARTITIONS), Math.ceil(RUNS / 10));
  }, 600_000);

  it('touches no key that the same script has removed, which would end it half-way while a slot migrates', async () => {
    const strict = ({ redis }: World): void => {
      for (const { name, lua } of SCRIPTS) {
        redis.defineCommand(`rapidFire:${name}`, { lua: strictAboutRemovals(lua) });
      }
    };
    await holds(histories(strict), Math.ceil(RUNS / 10));
    await batching.redis.set('here', 1);
    const touching = strictAboutRemovals("redis.call('DEL', KEYS[1]) return redis.call('GET', KEYS[1])");
    await expect(batching.redis.eval(touching, 1, 'here')).rejects.toThrow('which this script has removed');
  }, 600_000);

  it.each([
    [
      'a settle that no token fences',
      settle.name,
      settle.lua.replace("if s.token ~= token then return 'stale' end", ''),
    ],
    ['a second claim that cuts anew', claim.name, claim.lua.replace('0, s.count - 1', '0, maxSize - 1')],
    [
      'a worker that starts on a second batch of a conversation',
      beginTurn.name,
      beginTurn.lua.replace("if s.turn ~= batchId and (s.turn or not isNext) then return 'busy' end", ''),
    ],
    ['an edit that does not count its bytes', edit.name, edit.lua.replace('s.bytes = s.bytes + more', '')],
    ['a revocation that nobody counts', revoke.name, revoke.lua.replace("count('revoked', 1)", '')],
    [
      'a message that comes after it was taken back, and is stored',
      append.name,
      append.lua.replace("if early == 'revoked' then", 'if false then'),
    ],
    ['a claim that overlooks a hold', claim.name, claim.lua.replace('if s.heldUntil and', 'if false and')],
    ['a stale message in company', claim.name, claim.lua.replace('isAlone or stale or', '')],
    [
      'a claim that forgets when to look again',
      claim.name,
      claim.lua.replace('plan.look = s.batch and s.leaseUntil or dueAt()', ''),
    ],
  ])(
    'would notice %s',
    async (_, script, broken) => {
      expect(SCRIPTS.find(({ name }) => name === script)?.lua).not.toBe(broken);
      const sabotage = ({ redis }: World): void =>
        redis.defineCommand(`rapidFire:${script}`, { lua: broken });
      const { failed } = await fc.check(histories(sabotage), {
        numRuns: CONTROL_RUNS,
        endOnFailure: true,
        seed: 1,
      });
      expect(failed).toBe(true);
    },
    600_000,
  );

  it('would notice a hand-off that nothing but the job itself keeps from being a second one', async () => {
    const sabotage = (world: World): void => {
      jest
        .spyOn(world.handOff, 'deliver')
        .mockImplementation((lot) => Promise.all(lot.map((message) => world.handOff.add(message))));
    };
    const { failed } = await fc.check(histories(sabotage), {
      numRuns: CONTROL_RUNS,
      endOnFailure: true,
      seed: 1,
    });
    expect(failed).toBe(true);
  }, 600_000);
});
