import { type Job, QueueEvents, Worker } from 'bullmq';
import { type MergedMessage, TURN_ENDED } from '@app/contracts';
import { eventually } from '../../../../test/support/eventually';
import { inShort } from '../../../../test/support/short-form';
import { merge } from '../hand-off/merge';
import { queueOptions } from '../queue/queue';
import { waitingClient } from '../redis/connection';
import { connect } from '../redis/ready';
import type { RedisClient } from '../redis/redis-client';
import { TestBatching } from '../testing/batching';
import { holdJob, LOCK } from '../testing/held-job';
import { aConversation, aMessage } from '../testing/messages';
import { ASK_ABOUT_ALIAS_AFTER_MS } from '../window/aliases';
import { ReplyPermits } from './reply-permits';
import { TurnWatch } from './turn.watch';
import { askAfterMs, Turns } from './turns';

// Twenty times the number that is asked about at once; in `npm test` twice.
const CROWD = inShort(4_000);

describe('the watch over turns', () => {
  const customer = aConversation('79001234567');
  let batching: TestBatching;
  let turns: Turns;
  let permits: ReplyPermits;
  let watch: TurnWatch;
  let worker: Worker<MergedMessage> | null = null;
  const connections: RedisClient[] = [];

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000', TURN_MAX: '20', BOT_TIMEOUT: '20000' });
    turns = new Turns(batching.store);
    permits = new ReplyPermits(batching.store, turns);
    const { name, ...options } = queueOptions(batching.settings, await waiting());
    const events = new QueueEvents(name, { ...options, autorun: false, lastEventId: '0-0' });
    watch = new TurnWatch(batching.store, turns, batching.queue, events);
    watch.onApplicationBootstrap();
    await turns.showWorker();
  });
  afterEach(async () => {
    await worker?.close(true);
    worker = null;
    await watch.beforeApplicationShutdown();
    for (const connection of connections.splice(0)) connection.disconnect();
    await batching.stop();
  });

  async function waiting(): Promise<RedisClient> {
    const client = await connect(waitingClient(batching.settings.redis, 'test'), batching.settings.redis);
    connections.push(client);
    return client;
  }

  /** A consumer that knows nothing of turns. */
  async function consume(process: (job: Job<MergedMessage>) => Promise<unknown>): Promise<void> {
    const { name, ...options } = queueOptions(batching.settings, await waiting());
    worker = new Worker<MergedMessage>(name, process, options);
    worker.on('error', () => undefined);
  }

  /** Hands one message off, which begins its turn. */
  async function handOff(text = 'Hi'): Promise<string> {
    await batching.batches.append(customer, aMessage(text));
    batching.now += 1_000;
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    const [job] = await batching.jobs();
    return job?.batchId ?? '';
  }

  async function openTurns(): Promise<number> {
    return (await batching.statistics()).turns;
  }

  async function askNow(): Promise<void> {
    batching.now += askAfterMs(batching.settings);
    await watch.look();
  }

  it.each([
    ['completed', () => Promise.resolve('an answer')],
    ['failed for good', () => Promise.reject(new Error('no'))],
  ])('ends the turn of a job that another consumer has %s, at once', async (_, process) => {
    await handOff();
    expect(await openTurns()).toBe(1);
    await consume(process);
    await eventually('the end of the turn', openTurns, (open) => open === 0);
  });

  it('holds back what is written meanwhile, and lets it go when the turn is over', async () => {
    const batchId = await handOff();
    expect(await batching.batches.append(customer, aMessage('and'))).toMatchObject({ dueAt: null });
    await batching.batches.append(customer, aMessage('more'));
    batching.now += 60_000;
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 0 });
    await turns.endOf(customer, batchId);
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    expect((await batching.jobs()).map(({ text }) => text)).toEqual(['Hi', 'and more']);
  });

  it('leaves to a worker of ours the end of the turns that it ends itself', async () => {
    await handOff();
    await consume(() => Promise.resolve(TURN_ENDED));
    await eventually('a finished job', () => batching.queue.getCompletedCount(), Boolean);
    expect(await openTurns()).toBe(1);
  });

  it('asks about a job that was removed, of which no event names the conversation', async () => {
    await batching.queue.remove(await handOff());
    await watch.look();
    expect(await openTurns()).toBe(1);
    await askNow();
    expect(await openTurns()).toBe(0);
  });

  it('keeps the turn of a job that waits, for as long as that takes', async () => {
    await handOff();
    for (let i = 0; i < 10; i += 1) await askNow();
    expect(await openTurns()).toBe(1);
  });

  it('frees a conversation whose bot takes longer than TURN_MAX; the late answer is not sent', async () => {
    const batchId = await handOff();
    let release: () => void = () => undefined;
    let lock = '';
    await consume(({ token = '' }) => {
      lock = token;
      return new Promise<void>((resolve) => (release = resolve));
    });
    await eventually(
      'a job at work',
      () => Promise.resolve(lock),
      (token) => token !== '',
    );
    const turn = await turns.begin(customer, { batchId });
    if (typeof turn === 'string') throw new Error('the turn is its own');
    await askNow();
    expect(await permits.ask(turn, '0', lock)).toBe('send');
    await askNow();
    expect(await openTurns()).toBe(0);
    expect(await turns.isHeld(turn)).toBe(false);
    expect(await permits.ask(turn, '1', lock)).toBe('stale');
    expect(await turns.end(turn)).toBe('stale');
    release();
  });

  it('allows no reply once TURN_MAX is over, even before the first look', async () => {
    const lock = LOCK;
    const batchId = await handOff();
    const turn = await turns.begin(customer, { batchId });
    if (typeof turn === 'string') throw new Error('the turn is its own');
    await holdJob(batching.store, batchId, lock);
    const { maxMs } = batching.settings.turns;
    batching.now += maxMs - 1;
    expect(await permits.ask(turn, '0', lock)).toBe('send');
    batching.now += 1;
    expect(await openTurns()).toBe(1);
    expect(await turns.isHeld(turn)).toBe(false);
    expect(await permits.ask(turn, '1', lock)).toBe('stale');
  });

  it(`asks about ${CROWD} turns whose jobs were removed in one look`, async () => {
    const customers = Array.from({ length: CROWD }, (_, i) => aConversation(`7900${1_000_000 + i}`));
    for (const each of customers) await batching.batches.append(each, aMessage('Hi'), true);
    expect(await batching.sweep.run()).toMatchObject({ handedOff: CROWD });
    expect(await openTurns()).toBe(CROWD);
    await batching.queue.obliterate({ force: true });
    await askNow();
    expect(await openTurns()).toBe(0);
  });

  it('is not held up by an entry of its index that has no turn', async () => {
    const { redis, store } = batching;
    await redis.zadd(store.keysOf(customer).turns, 1, customer.id);
    await watch.look();
    expect(await redis.zcard(store.keysOf(customer).turns)).toBe(0);
  });

  it('lets a conversation wait for a batch that its customer’s alias has at the bot', async () => {
    const alias = aConversation('wa-lid:241758390126644');
    await batching.batches.append(alias, aMessage('under the LID'), true);
    const claim = await batching.claims.claim(alias.id);
    if (!claim) throw new Error('it was due');
    await batching.batches.append(customer, aMessage('under the phone'), true);
    await batching.aliases.learn(alias, customer);

    const look = async (): Promise<number> => {
      batching.now += ASK_ABOUT_ALIAS_AFTER_MS;
      await watch.look();
      return (await batching.sweep.run()).handedOff;
    };
    expect(await look()).toBe(0);
    await batching.handOff.deliver([merge(alias, claim, ' ')], performance.now());
    await batching.claims.settle(claim);
    expect(await look()).toBe(0);
    await consume(() => Promise.resolve());
    await eventually('a finished job', () => batching.queue.getCompletedCount(), Boolean);
    expect(await look()).toBe(1);
  });
});
