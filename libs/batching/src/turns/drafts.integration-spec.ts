import type { Claim } from '../hand-off/claims';
import { SetAside } from '../store/set-aside';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { TypingAndHold } from '../window/typing-and-hold';
import { type BegunTurn, Turns } from './turns';

const QUIET_MS = 6_000;
const START_MS = 1_500;
const MAX_WAIT_MS = 60_000;

describe('a draft', () => {
  const anna = aConversation();
  let batching: TestBatching;
  let turns: Turns;
  let typingAndHold: TypingAndHold;

  beforeAll(async () => {
    batching = await TestBatching.start({
      BUSY_POLICY: 'supersede',
      BATCH_TIMEOUT: String(QUIET_MS),
      BATCH_MAX_WAIT: String(MAX_WAIT_MS),
      PREEMPTIVE_START: String(START_MS),
      MAX_SUPERSEDES: '1',
      ON_HUMAN_REPLY: 'hold',
    });
    turns = new Turns(batching.store);
    typingAndHold = new TypingAndHold(batching.store);
  });
  afterAll(() => batching.stop());
  beforeEach(() => batching.redis.flushall());

  const write = (): Promise<unknown> => batching.batches.append(anna, aMessage('x'));

  async function claimed(afterMs = START_MS): Promise<Claim> {
    batching.now += afterMs;
    const claim = await batching.claims.claim(anna.id);
    if (!claim) throw new Error('nothing was due');
    return claim;
  }

  /** The batch is at the bot. */
  async function begun({ batchId }: Claim): Promise<BegunTurn> {
    const turn = await turns.begin(anna, { batchId, final: false });
    if (typeof turn === 'string') throw new Error(turn);
    return turn;
  }

  it.each([MAX_WAIT_MS, 600_000])(
    'is answered within the longest wait, though the clock goes back by %i ms',
    async (ms) => {
      await write();
      const claim = await claimed();
      await batching.claims.settle(claim);
      const turn = await begun(claim);
      batching.now -= ms;
      const reply = await turns.commit(turn);
      if (reply.outcome === 'wait') expect(reply.waitMs).toBeLessThanOrEqual(MAX_WAIT_MS);
      batching.now += MAX_WAIT_MS;
      expect(await turns.commit(turn)).toEqual({ outcome: 'committed' });
    },
  );

  it('is not answered once a colleague has answered, also while it was handed off', async () => {
    await write();
    const claim = await claimed();
    await typingAndHold.hold(anna);
    await batching.claims.settle(claim);
    const turn = await begun(claim);
    batching.now += QUIET_MS;
    expect(await turns.commit(turn)).toEqual({ outcome: 'superseded' });
    expect(await batching.claims.claim(anna.id)).toBeNull();
    const { holdMs } = batching.settings.humanReply;
    expect(await claimed(holdMs)).toMatchObject({ supersedes: [claim.batchId] });
  });

  it.each(['a colleague', 'the customer'])(
    'is not answered by a bot that is quicker than the settle, where %s has written in between',
    async (who) => {
      await write();
      const claim = await claimed(QUIET_MS);
      const turn = await begun(claim);
      await (who === 'a colleague' ? typingAndHold.hold(anna) : write());
      expect(await turns.commit(turn)).toMatchObject({ outcome: 'wait' });
      await batching.claims.settle(claim);
      expect(await turns.commit(turn)).toEqual({ outcome: 'superseded' });
    },
  );

  it('is answered at the end of the longest wait, though nobody settles it', async () => {
    await write();
    const claim = await claimed(QUIET_MS);
    const turn = await begun(claim);
    await typingAndHold.hold(anna);
    batching.now += MAX_WAIT_MS;
    expect(await turns.commit(turn)).toEqual({ outcome: 'committed' });
  });

  it('does not count against a window behind it, which has an early start of its own', async () => {
    await write();
    await batching.claims.settle(await claimed());
    await write();
    const last = await claimed(QUIET_MS);
    expect(last).toMatchObject({ supersedes: [expect.any(String)], answerAt: null });
    await write();
    await batching.claims.settle(last);
    await turns.end(await begun(last));
    expect(await claimed()).toMatchObject({ supersedes: [], answerAt: batching.now + QUIET_MS - START_MS });
  });

  it('is named by the window that supersedes it, also after a repair', async () => {
    await write();
    const claim = await claimed();
    await batching.claims.settle(claim);
    await write();
    await batching.redis.rpush(batching.store.keysOf(anna).messages(anna.id), 'not ours');
    await expect(write()).rejects.toThrow('its list holds 3 messages');
    await new SetAside(batching.store).repair(anna);
    expect(await claimed()).toMatchObject({ supersedes: [claim.batchId] });
  });
});
