import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { conversationOf } from '@app/contracts';
import { eventually } from '../../../../test/support/eventually';
import { PATIENCE } from '../../../../test/support/patience';
import { RedisServer } from '../../../../test/support/redis-server';
import { BatchService } from '../batch.service';
import { Claims } from '../hand-off/claims';
import { jobKey } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { testClient } from '../testing/client';
import { holdJob, LOCK } from '../testing/held-job';
import { aMessage } from '../testing/messages';
import { testSettings } from '../testing/settings';
import { ReplyPermits } from '../turns/reply-permits';
import { Turns } from '../turns/turns';
import { StoreUnavailableError } from './outage';
import { Replication } from './replication';

const C = conversationOf('79001234567', 1);

describe('with REDIS_MIN_REPLICAS=1', () => {
  let master: RedisServer;
  let replica: RedisServer;
  let redis: Redis;
  let batches: BatchService;
  let store: BatchStore;

  beforeEach(async () => {
    master = await RedisServer.start();
    replica = await RedisServer.start({ args: ['--replicaof', `127.0.0.1 ${master.port}`] });
    redis = await testClient(master.url);
    store = new BatchStore(redis, testSettings({ REDIS_URL: master.url, REDIS_MIN_REPLICAS: '1' }));
    batches = new BatchService(store);
    const written = async (): Promise<number> => {
      await redis.set('probe', 1);
      return redis.wait(1, 100);
    };
    await eventually('a replica that answers', written, (replicas) => replicas === 1);
  });
  afterEach(async () => {
    redis.disconnect();
    await Promise.all([master.stop(), replica.stop()]);
  });

  /** Stores one message; on a busy machine the replica may acknowledge it late. */
  async function stored(isAlone = false): Promise<void> {
    await eventually(
      'a message with its replica',
      () => batches.append(C, aMessage('hello', { messageId: 'one' }), isAlone).catch(() => null),
      (answer) => answer !== null,
    );
  }

  it('stores a message once a replica has it', async () => {
    await stored();
    const copy = await testClient(replica.url);
    await expect(copy.llen(store.keysOf(C).messages(C.id))).resolves.toBe(1);
    copy.disconnect();
  });

  it('refuses it where no replica answers, within the time that a sender waits, also a duplicate', async () => {
    replica.pause();
    const startedMs = performance.now();
    for (const id of ['one', 'one']) {
      await expect(batches.append(C, aMessage('hello', { messageId: id }))).rejects.toThrow(
        StoreUnavailableError,
      );
    }
    expect(performance.now() - startedMs).toBeLessThan(4_000 * PATIENCE);
    replica.resume();
    await eventually(
      'an answer',
      () => batches.append(C, aMessage('hello', { messageId: 'one' })).catch(() => null),
      (answer) => answer?.outcome === 'duplicate' && answer.size === 1,
    );
  });

  it('shares one wait among all who ask while another is under way', async () => {
    const waits = jest.spyOn(redis, 'wait');
    await Promise.allSettled(Array.from({ length: 100 }, (_, i) => batches.append(C, aMessage(String(i)))));
    expect(waits).toHaveBeenCalled();
    expect(waits.mock.calls.length).toBeLessThan(20);
    expect(await redis.llen(store.keysOf(C).messages(C.id))).toBe(100);
  });

  it('claims nothing that a failover could hand to another', async () => {
    await stored(true);
    replica.pause();
    await expect(new Claims(store).claim(C.id)).rejects.toThrow(/0 of the 1 replicas/);
    replica.resume();
  });

  it('lets no reply go whose permission a failover could lose', async () => {
    const permits = new ReplyPermits(store, new Turns(store));
    const turn = { conversation: C, batchId: 'b-1', token: '' };
    await redis.hset(jobKey(store.settings, 'b-1'), 'name', 'merged-message');
    await holdJob(store, 'b-1');
    replica.pause();
    await expect(permits.ask(turn, '0', LOCK)).rejects.toThrow(StoreUnavailableError);
    replica.resume();
    const outcome = (): Promise<string | null> => permits.ask(turn, '0', LOCK).catch(() => null);
    await eventually('the same permission', outcome, (each) => each === 'send');
    await expect(permits.ask(turn, '0', LOCK)).resolves.toBe('already');
  });

  it('ends no job of a superseded batch that a failover could bring back', async () => {
    const turns = new Turns(store);
    const batch = { conversation: C, batchId: 'b-1' };
    expect(await turns.findSuperseded(batch)).toBe(false);
    await redis.zadd(store.keysOf(C).superseded, 1, batch.batchId);
    replica.pause();
    await expect(turns.findSuperseded(batch)).rejects.toThrow(StoreUnavailableError);
    replica.resume();
    const known = (): Promise<boolean | null> => turns.findSuperseded(batch).catch(() => null);
    await eventually('the same with its replica', known, Boolean);
  });

  it('does not believe a connection that did not write', async () => {
    const replication = new Replication(redis, { minReplicas: 1, commandTimeoutMs: 15_000 });
    const write = async (): Promise<void> => {
      await redis.set('written', 'on the first connection');
      const isBack = once(redis, 'ready');
      redis.disconnect(true);
      await isBack;
    };
    await expect(replication.acknowledged('written', write)).rejects.toThrow(
      /connection that wrote it is gone/,
    );
  });
});
