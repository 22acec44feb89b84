import fc from 'fast-check';
import { SCRIPTS } from './store/scripts/all';
import { TestBatching } from './testing/batching';
import { COMPANIES_CHANGE } from './testing/commands';
import { BY_HABIT, histories, NARROW, SLOWING, SUPERSEDING } from './testing/histories';
import { strictAboutRemovals } from './testing/removals';
import type { World } from './testing/world';

const RUNS = Number(process.env.MODEL_RUNS ?? 150);
// CI names one, so that it judges the change and not its luck; without a name each run looks for what none has found yet.
const SEED = Number(process.env.MODEL_SEED ?? Date.now());
// With this number the three conversations are in two partitions.
const PARTITIONS = 5;
// A pass takes a quarter of it; the rest is for shrinking a failure to its cause.
const LIMIT_MS = 240_000;
const NO_SABOTAGE = (): void => undefined;

describe.each([
  ['one batch waits for another', NARROW, []],
  ['messages beyond a number wait for the end of their minute', SLOWING, []],
  ['a message supersedes what is at the bot', SUPERSEDING, []],
  ['a message supersedes, and the window follows the customer’s habit', BY_HABIT, []],
  ['operators change what companies go by', NARROW, COMPANIES_CHANGE],
  ['operators change what companies go by, and a message supersedes', SUPERSEDING, COMPANIES_CHANGE],
])('the state machine of a conversation where %s', (_, environment, more) => {
  let batching: TestBatching;

  beforeAll(async () => {
    batching = await TestBatching.start(environment);
  });
  afterAll(() => batching.stop());

  /** Fails with the shortest history that breaks the property. A slow machine, which may do fewer runs, says so. */
  async function holds(property: ReturnType<typeof histories>, numRuns: number): Promise<void> {
    const found = await fc.check(property, { numRuns, interruptAfterTimeLimit: LIMIT_MS, seed: SEED });
    if (found.failed) {
      const report = (await fc.asyncDefaultReportMessage(found)) ?? 'broken';
      throw new Error(report, { cause: found.errorInstance });
    }
    if (found.interrupted)
      process.stdout.write(`model test: ${found.numRuns} runs in ${LIMIT_MS / 1000} s\n`);
    expect(found.numRuns).toBeGreaterThanOrEqual(numRuns / 10);
  }

  it(`keeps every invariant in ${RUNS} random histories`, async () => {
    process.stdout.write(`model test: ${RUNS} runs, MODEL_SEED=${SEED}\n`);
    await holds(histories(batching, NO_SABOTAGE, 1, more), RUNS);
  }, 600_000);

  it('keeps every invariant where conversations are divided into partitions', async () => {
    await holds(histories(batching, NO_SABOTAGE, PARTITIONS, more), Math.ceil(RUNS / 10));
  }, 600_000);

  it('touches no key that the same script has removed, which would end it half-way while a slot migrates', async () => {
    const strict = ({ store }: World): void => {
      for (const { name, lua } of SCRIPTS) {
        store.runner.define(name, strictAboutRemovals(lua));
      }
    };
    await holds(histories(batching, strict, 1, more), Math.ceil(RUNS / 10));
    await batching.redis.set('here', 1);
    const touching = strictAboutRemovals("redis.call('DEL', KEYS[1]) return redis.call('GET', KEYS[1])");
    await expect(batching.redis.eval(touching, 1, 'here')).rejects.toThrow('which this script has removed');
  }, 600_000);
});
