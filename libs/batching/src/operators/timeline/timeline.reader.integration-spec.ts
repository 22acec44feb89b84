import { UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { TimelineEntry } from '@app/contracts';
import { eventually } from '../../../../../test/support/eventually';
import { queueOptions } from '../../queue/queue';
import { waitingClient } from '../../redis/connection';
import { connect } from '../../redis/ready';
import { TestBatching } from '../../testing/batching';
import { aConversation, aMessage } from '../../testing/messages';
import { TimelineRecorder } from '../../timeline/timeline.recorder';
import { TypingAndHold } from '../../window/typing-and-hold';
import { FailedDeliveries } from '../failed-deliveries';
import { Pause } from '../pause';
import { KnownBatches } from './known-batches';
import { type Timeline, TimelineReader } from './timeline.reader';

const ANNA = aConversation('79001234501');
const ANNA_ELSEWHERE = aConversation('79001234501', 2);
const BORIS = aConversation('79001234502');

describe('the timeline, put together from what is kept', () => {
  let batching: TestBatching;
  let recorder: TimelineRecorder;
  let reader: TimelineReader;

  const start = async (variables: Record<string, string> = {}): Promise<void> => {
    batching = await TestBatching.start(variables);
    batching.now = 0;
    const { store, history, deadLetters, open, queue } = batching;
    recorder = new TimelineRecorder(store);
    const failed = new FailedDeliveries(store, queue);
    reader = new TimelineReader(store, recorder, open, new KnownBatches(store, history, deadLetters, failed));
  };
  afterEach(() => batching.stop());

  const all = (companyId: string | null = null): Promise<Timeline> =>
    reader.read({ customer: ANNA.customer, companyId, from: 0, to: Infinity });
  const entries = async (companyId: string | null = null): Promise<TimelineEntry[]> =>
    (await all(companyId)).entries;
  const write = (text: string, conversation = ANNA, direct = false): Promise<unknown> =>
    batching.batches.append(conversation, aMessage(text), direct);

  it('is empty of a customer who has not written', async () => {
    await start();
    await write('hello', BORIS);
    expect(await all()).toEqual({ entries: [], isCut: false });
  });

  it('shows what fills, and what it waits for', async () => {
    await start();
    await write('one');
    await write('two');
    expect(await entries()).toMatchObject([
      { kind: 'message', text: 'one', batchId: null },
      { kind: 'message', text: 'two', batchId: null },
      {
        kind: 'batch',
        state: 'filling',
        messages: 2,
        waitsFor: 'silence',
        dueAt: expect.any(Number) as number,
      },
    ]);
    await new Pause(batching.store).stop();
    expect((await entries()).at(-1)).toMatchObject({ state: 'filling', waitsFor: 'paused' });
  });

  it('shows a hold, before anything is pending and while it is', async () => {
    await start();
    await new TypingAndHold(batching.store).hold(ANNA);
    expect(await entries()).toEqual([]);
    await write('one');
    await new TypingAndHold(batching.store).hold(ANNA);
    expect((await entries()).slice(1)).toMatchObject([
      { kind: 'hold', isHeld: true },
      { kind: 'batch', state: 'filling', waitsFor: 'held' },
    ]);
  });

  it('is of one company where one is named', async () => {
    await start();
    await write('here');
    await write('there', ANNA_ELSEWHERE);
    expect(await entries('2')).toMatchObject([{ text: 'there' }, { kind: 'batch' }]);
    expect(await entries()).toHaveLength(4);
  });

  it.each([
    ['in the history', {}],
    ['on the queue alone', { HISTORY_MAX: '0' }],
  ])('finds a batch that was handed off and no worker has begun, %s', async (_, variables) => {
    await start(variables);
    await write('now', ANNA, true);
    await batching.sweep.run();
    expect(await entries('1')).toMatchObject([
      { kind: 'message', text: 'now', batchId: expect.stringMatching(/^b-/) as string },
      { kind: 'batch', state: 'handed-off', reason: 'direct', messages: 1 },
      { kind: 'batch', state: 'waiting', awaits: 'worker' },
    ]);
  });

  it('shows a batch whose job is gone, from the history', async () => {
    await start();
    await write('now', ANNA, true);
    await batching.sweep.run();
    await (await batching.queue.getJobs(['wait']))[0]?.remove();
    expect(await entries()).toMatchObject([{ text: 'now' }, { state: 'handed-off' }]);
  });

  it('shows a dead letter of the worker, and why it is one', async () => {
    await start({ HISTORY_MAX: '0' });
    await write('now', ANNA, true);
    await batching.sweep.run();
    await refused();
    expect(await entries()).toMatchObject([
      { text: 'now' },
      { state: 'handed-off' },
      { state: 'dead-letter', stage: 'worker', error: 'the bot refused' },
    ]);
  });

  it('puts notes into their place, with the words of a reply from its job', async () => {
    await start();
    await write('now', ANNA, true);
    await batching.sweep.run();
    const [job] = await batching.queue.getJobs(['wait']);
    const batchId = job?.id ?? '';
    await job?.updateProgress({ replies: ['fine', { text: 'rich' }], sent: ['sent', 'logged'] });
    recorder.record(ANNA, { kind: 'reply', batchId, reply: 0, state: 'sent', gateway: 'waha' });
    await recorder.beforeApplicationShutdown();
    expect((await entries()).filter(({ kind }) => kind === 'reply')).toMatchObject([
      { reply: 0, state: 'sent', text: 'fine', gateway: 'waha' },
      // Its note was lost.
      { reply: 1, state: 'logged', text: 'rich', gateway: 'generic' },
    ]);
  });

  it('shows a call of the bot where it ended: behind the message that broke it off, and before the reply that it gave', async () => {
    await start();
    await write('for tomorrow', ANNA, true);
    await batching.sweep.run();
    const batchId = (await batching.queue.getJobs(['wait']))[0]?.id ?? '';
    const { at = 0 } = (await entries()).find(({ kind }) => kind === 'batch') ?? {};
    const call = { kind: 'attempt', batchId, final: false, status: null, answer: null, at } as const;
    await write('at six');
    recorder.record(ANNA, { ...call, attempt: 1, outcome: 'interrupted', ms: 60_000 });
    await recorder.beforeApplicationShutdown();
    const kinds = (await entries()).map(({ kind }) => kind);
    expect(kinds.indexOf('attempt')).toBeGreaterThan(kinds.lastIndexOf('message'));
    recorder.record(ANNA, { kind: 'reply', batchId, reply: 0, state: 'sent', gateway: 'waha' });
    recorder.record(ANNA, { ...call, attempt: 2, outcome: 'answered', ms: 60_000 });
    await recorder.beforeApplicationShutdown();
    const [answered, reply] = (await entries()).filter(
      (entry) => entry.kind === 'reply' || (entry.kind === 'attempt' && entry.attempt === 2),
    );
    expect([answered, reply]).toMatchObject([{ attempt: 2 }, { kind: 'reply' }]);
  });

  it('shows nothing outside of the time that is asked for', async () => {
    await start();
    await write('one');
    const at = (await entries())[0]?.at ?? 0;
    const read = (from: number, to: number): Promise<Timeline> =>
      reader.read({ customer: ANNA.customer, companyId: null, from, to });
    expect((await read(at, at)).entries).toMatchObject([{ text: 'one' }]);
    expect((await read(0, at - 1)).entries).toEqual([]);
  });

  it('says that there was more than it looked through', async () => {
    await start({ HISTORY_MAX: '10000' });
    const entry = ['batch', 'b-1', 'conversation', BORIS.id, 'reason', 'quiet', 'flushedAt', '1'];
    const filling = batching.redis.pipeline();
    for (let i = 0; i < 2_600; i += 1)
      filling.xadd(batching.store.partitions.home.history, '*', ...entry, 'messages', '[]');
    await filling.exec();
    expect(await all()).toEqual({ entries: [], isCut: true });
  });

  /** A worker whose bot refuses whatever it is given. */
  async function refused(): Promise<void> {
    const { redis } = batching.settings;
    const consumer = (await connect(waitingClient(redis, 'test'), redis)) as Redis;
    const { name, ...options } = queueOptions(batching.settings, consumer);
    const worker = new Worker(name, () => Promise.reject(new UnrecoverableError('the bot refused')), options);
    await eventually('a failed job', () => batching.queue.getFailedCount(), Boolean);
    await worker.close(true);
    consumer.disconnect();
  }
});
