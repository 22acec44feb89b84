import { QueueEvents } from 'bullmq';
import type { Claim } from '../hand-off/claims';
import { merge } from '../hand-off/merge';
import { queueOptions } from '../queue/queue';
import { waitingClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { TurnWatch } from '../turns/turn.watch';
import { Turns } from '../turns/turns';
import { ASK_ABOUT_ALIAS_AFTER_MS } from './aliases';
import { TypingAndHold } from './typing-and-hold';

const ALIAS = aConversation('wa-lid:123456789012345');
const KNOWN = aConversation('79001234567');
const QUIET_MS = 1_000;
const HOLD_MS = 8_000;

describe('what a customer writes under two ids, where messages supersede drafts', () => {
  let batching: TestBatching;
  let turns: Turns;
  let stopWatching = (): Promise<void> => Promise.resolve();

  beforeEach(async () => {
    batching = await TestBatching.start({
      BATCH_TIMEOUT: String(QUIET_MS),
      BUSY_POLICY: 'supersede',
      MAX_BATCH_SIZE: '3',
      HUMAN_REPLY_HOLD: String(HOLD_MS / 1_000),
    });
    turns = new Turns(batching.store);
    await turns.showWorker();
  });
  afterEach(async () => {
    await stopWatching();
    await batching.stop();
  });

  async function write(...texts: string[]): Promise<void> {
    for (const text of texts) await batching.batches.append(ALIAS, aMessage(text));
  }

  async function claimed(id: string): Promise<Claim> {
    batching.now += QUIET_MS;
    const claim = await batching.claims.claim(id);
    if (claim === null) throw new Error('nothing was due');
    return claim;
  }

  const textsOf = ({ messages }: { messages: readonly { text: string }[] }): string[] =>
    messages.map(({ text }) => text);

  it('stays in its order where the alias is learned when it holds more than a batch, superseded messages first', async () => {
    await write('1', '2');
    const draft = await claimed(ALIAS.id);
    await batching.claims.settle(draft);
    await write('3', '4');

    expect(await batching.aliases.learn(ALIAS, KNOWN)).toBe(4);
    await write('5');
    const first = await claimed(KNOWN.id);
    expect(textsOf(first)).toEqual(['1', '2', '3']);
    expect(first.supersedes).toEqual([draft.batchId]);
    await batching.claims.settle(first);
    await turns.endOf(KNOWN, first.batchId);
    expect(textsOf(await claimed(KNOWN.id))).toEqual(['4', '5']);
  });

  it('stays in its order where a colleague’s answer holds the alias while its draft is on its way to the bot', async () => {
    const connection = await connect(waitingClient(batching.settings.redis, 'test'), batching.settings.redis);
    const { name, ...options } = queueOptions(batching.settings, connection);
    const events = new QueueEvents(name, { ...options, autorun: false });
    const watch = new TurnWatch(batching.store, turns, batching.queue, events);
    stopWatching = async () => {
      await watch.beforeApplicationShutdown();
      connection.disconnect();
    };
    const handedOff = async (afterMs: number): Promise<string[]> => {
      batching.now += afterMs;
      await watch.look();
      await batching.sweep.run();
      return (await batching.jobs()).flatMap(textsOf);
    };
    await write('1');
    const draft = await claimed(ALIAS.id);
    await batching.handOff.deliver([merge(ALIAS, draft, ' ')], performance.now());
    // A colleague answers between the hand-off and the settle; the phone takes the hold over, and the draft is answered.
    await new TypingAndHold(batching.store).hold(ALIAS);
    await batching.claims.settle(draft);
    await batching.aliases.learn(ALIAS, KNOWN);
    await write('2');
    const turn = await turns.begin(ALIAS, draft);
    if (typeof turn === 'string') throw new Error(turn);
    expect(await turns.commit(turn)).toEqual({ outcome: 'committed' });

    expect(await handedOff(HOLD_MS)).toEqual(['1']);
    await batching.queue.remove(draft.batchId);
    await turns.end(turn);
    expect(await handedOff(ASK_ABOUT_ALIAS_AFTER_MS)).toEqual(['2']);
  });
});
