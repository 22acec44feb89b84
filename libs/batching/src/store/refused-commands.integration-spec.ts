import { Redis } from 'ioredis';
import { parseConversationId } from '@app/contracts';
import { jobKey } from '../queue/queue';
import { TestBatching } from '../testing/batching';
import { holdJob } from '../testing/held-job';
import { commandsOf } from '../testing/lua-names';
import { assertSound, whereabouts } from '../testing/soundness';
import { NEIGHBOUR, OURS, type Scene, setScene, type Verb, VERBS } from '../testing/verbs';
import { Turns } from '../turns/turns';
import { BatchStore } from './batch-store';
import { SCRIPTS } from './scripts/all';

const USER = 'attacked';
/** Redis 7.0 gives the refusal no code of its own inside a script. */
const REFUSAL = /NOPERM|executing the script can't/;

/**
 * One command after the other is taken away from a user while every script runs on every path that writes. What
 * was accepted must stay, once, whatever Redis refuses in the middle; and once the right is back, everything goes on.
 */
describe('where Redis refuses a command', () => {
  let batching: TestBatching;
  let refused: BatchStore;
  let client: Redis;

  beforeAll(async () => {
    batching = await TestBatching.start({
      BATCH_TIMEOUT: '1000',
      ON_HUMAN_REPLY: 'hold',
      HUMAN_REPLY_HOLD: '5',
    });
    await allow();
    client = new Redis(batching.server.url, { username: USER, password: 'secret' });
    refused = new BatchStore(client, batching.settings, { clock: () => batching.now });
  });
  afterAll(async () => {
    client.disconnect();
    await batching.stop();
  });

  /** @param rules that come last, and so count. */
  function allow(...rules: string[]): Promise<unknown> {
    return batching.redis.call(
      'ACL',
      'SETUSER',
      USER,
      'reset',
      'on',
      '>secret',
      '~*',
      '&*',
      '+@all',
      ...rules,
    );
  }

  const pass = (ms: number): void => {
    batching.now += ms;
  };

  /** Makes the verb fail, and returns the reason; null if it did not fail. */
  async function attack({ act }: Verb, scene: Scene, ...rules: string[]): Promise<Error | null> {
    await allow(...rules);
    try {
      await act({ ...scene, store: refused });
      return null;
    } catch (error) {
      return error as Error;
    } finally {
      await allow();
    }
  }

  /** Everything that exists is handed off. */
  async function goOn(): Promise<void> {
    const turns = new Turns(batching.store);
    for (let round = 0; round < 4; round += 1) {
      pass(60_000);
      await batching.sweep.run();
      for (const id of await batching.redis.zrange(batching.store.partitions.home.turns, '0', '-1')) {
        const conversation = parseConversationId(id);
        const { turn } = await batching.store.stateOf(conversation);
        if (turn === undefined) await turns.judge(conversation, '', false);
        else await turns.endOf(conversation, turn);
      }
    }
  }

  /** How many copies of each message exist anywhere. */
  async function copies(): Promise<Map<string, number>> {
    const pending = await whereabouts(batching.store);
    const found = new Map([...pending].map(([id, places]) => [id, places.length]));
    for (const { messages } of await batching.jobs()) {
      for (const { messageId } of messages) {
        if (messageId !== null) found.set(messageId, (found.get(messageId) ?? 0) + 1);
      }
    }
    return found;
  }

  async function scene(verb: Verb): Promise<Scene> {
    await batching.redis.flushall();
    const set = await setScene(batching.store, pass, verb.isClaimed);
    await batching.redis.hset(jobKey(batching.settings, set.inTurn.batchId), 'name', 'a job');
    await holdJob(batching.store, set.inTurn.batchId);
    return set;
  }

  /** The commands of the scripts that the verb runs. */
  async function commandsOfVerb(verb: Verb): Promise<string[]> {
    const set = await scene(verb);
    const run = new Set<string>();
    const watched = new BatchStore(batching.redis, batching.settings, {
      clock: () => batching.now,
      observe: (name) => run.add(name),
    });
    await verb.act({ ...set, store: watched });
    const named = SCRIPTS.filter(({ name }) => run.has(name)).flatMap(({ lua }) => commandsOf(lua));
    return [...new Set(named.map(({ command }) => command))].sort();
  }

  async function survives(verb: Verb, command: string): Promise<void> {
    const set = await scene(verb);
    const before = await whereabouts(batching.store);
    const failure = await attack(verb, set, `-${command.toLowerCase()}`);
    if (failure) expect(failure.message).toMatch(REFUSAL);
    if (failure) expect(await whereabouts(batching.store)).toEqual(before);
    if (failure) await verb.act(set);
    await goOn();
    await assertSound(batching.store);
    for (const [id, many] of await copies()) expect([id, many]).toEqual([id, 1]);
    expect(await batching.redis.hgetall(batching.store.partitions.home.setAside)).toEqual({});
  }

  describe.each(VERBS)('$name', (verb) => {
    it('loses and doubles nothing, whichever of its commands that is', async () => {
      for (const command of await commandsOfVerb(verb)) {
        await survives(verb, command).catch((cause: unknown) => {
          throw new Error(`without ${command}`, { cause });
        });
      }
    }, 60_000);

    it('without channels is done, and the caller is told so', async () => {
      const set = await scene(verb);
      expect(await attack(verb, set, 'resetchannels')).toBeNull();
      await goOn();
      await assertSound(batching.store);
    });
  });

  it('hands nothing off twice where the lists cannot be cut, and tells of it', async () => {
    const verb = VERBS.find(({ name }) => name === 'settle') as Verb;
    const set = await scene(verb);
    expect(await attack(verb, set, '-ltrim')).not.toBeNull();
    expect(await batching.store.stateOf(OURS)).toMatchObject({ batch: set.claim.batchId });
    expect(await batching.store.stateOf(NEIGHBOUR)).toMatchObject({ batch: set.neighbour.batchId });
    expect(await batching.statistics()).toMatchObject({ balance: 0, claimed: 2 });
  });

  it('is attacked with every command that a script names', async () => {
    const attacked = new Set<string>();
    for (const verb of VERBS) for (const command of await commandsOfVerb(verb)) attacked.add(command);
    const named = SCRIPTS.flatMap(({ lua }) => commandsOf(lua).map(({ command }) => command));
    // Commands of looks alone, and of the repair, which an operator repeats.
    const others = ['DUMP', 'RENAME', 'ZCARD', 'ZCOUNT', 'HGETALL', 'HLEN'];
    expect(
      [...new Set(named)].filter((command) => !attacked.has(command) && !others.includes(command)),
    ).toEqual([]);
  }, 60_000);
});
