import type { BatchingSettings } from '../config/batching.settings';
import { MAX_BACKOFF_MS } from '../store/batch-store';
import { TestBatching } from '../testing/batching';
import { type Failure, failingQueue } from '../testing/failing-queue';
import { aConversation, aMessage } from '../testing/messages';
import { Turns } from '../turns/turns';
import { HandOff } from './hand-off';
import { Succession } from './succession';
import { Sweep } from './sweep';

const ATTEMPTS = 3;

describe('a sweep', () => {
  const good = aConversation('79001234567');
  const bad = aConversation('79007654321');
  const failure: Failure = {};
  let batching: TestBatching;
  let sweep: Sweep;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000', HANDOFF_MAX_ATTEMPTS: String(ATTEMPTS) });
    failure.refuses = ({ text }) => text === 'bad';
    failure.losesAnswers = false;
    failure.isSilent = false;
    sweep = sweepOf(batching.settings);
  });
  afterEach(() => batching.stop());

  function sweepOf(settings: BatchingSettings): Sweep {
    const handOff = new HandOff(failingQueue(batching.queue, failure), settings);
    return new Sweep(batching.claims, handOff, new Succession(batching.store), batching.settings);
  }

  async function untilBuried(): Promise<string> {
    await batching.batches.append(bad, aMessage('bad'));
    for (let i = 0; i < ATTEMPTS; i += 1) {
      batching.now += MAX_BACKOFF_MS;
      await sweep.run();
    }
    const [letter] = (await batching.deadLetters.page(1, null)).items;
    if (!letter) throw new Error('nothing was buried');
    return letter.batchId;
  }

  it('hands off the others of a bulk that one bad batch made fail', async () => {
    await batching.batches.append(bad, aMessage('bad'));
    await batching.batches.append(good, aMessage('good'));
    batching.now += 1_000;
    expect(await sweep.run()).toMatchObject({ handedOff: 1, released: 1, buried: 0 });
    expect((await batching.jobs()).map(({ text }) => text)).toEqual(['good']);
  });

  it('does not wait for ever for a queue that says nothing, and hands off when it speaks again', async () => {
    await batching.batches.append(good, aMessage('patient'), true);
    failure.isSilent = true;
    const { settings } = batching;
    const impatient = sweepOf({ ...settings, redis: { ...settings.redis, commandTimeoutMs: 500 } });
    expect(await impatient.run()).toMatchObject({ handedOff: 0, released: 1, buried: 0 });
    failure.isSilent = false;
    batching.now += MAX_BACKOFF_MS;
    expect(await sweep.run()).toMatchObject({ handedOff: 1 });
  });

  it('buries a batch that is refused too often, with its messages and the reason', async () => {
    const batchId = await untilBuried();
    expect(await batching.deadLetters.read(batchId)).toMatchObject({
      conversationId: bad.id,
      error: 'the queue refuses this job',
      messages: [{ text: 'bad' }],
    });
    expect(await batching.statistics()).toMatchObject({ messages: 0, deadLetters: 1, balance: 0 });
  });

  it('hands a redriven batch off under its own id', async () => {
    const batchId = await untilBuried();
    failure.refuses = () => false;
    expect(await batching.deadLetters.redrive(batchId)).toBe('redriven');
    await sweep.run();
    expect(await batching.jobs()).toMatchObject([{ batchId, text: 'bad' }]);
    expect(await batching.statistics()).toMatchObject({ deadLetters: 0, balance: 0 });
  });

  it('makes one job where the queue took it and the answer was lost', async () => {
    failure.losesAnswers = true;
    await batching.batches.append(good, aMessage('once'));
    batching.now += 1_000;
    await sweep.run();
    failure.losesAnswers = false;
    batching.now += MAX_BACKOFF_MS;
    await sweep.run();
    expect(await batching.jobs()).toMatchObject([{ text: 'once' }]);
    expect(await batching.statistics()).toMatchObject({ messages: 0, deadLetters: 0, balance: 0 });
  });

  it('never buries a batch whose job exists', async () => {
    failure.losesAnswers = true;
    await batching.batches.append(good, aMessage('once'));
    for (let i = 0; i < ATTEMPTS; i += 1) {
      batching.now += MAX_BACKOFF_MS;
      await sweep.run();
    }
    expect(await batching.statistics()).toMatchObject({ messages: 0, deadLetters: 0, balance: 0 });
    expect(await batching.jobs()).toHaveLength(1);
  });

  it('begins the turn of a batch whose job it finds when it would bury it', async () => {
    await new Turns(batching.store).showWorker();
    failure.losesAnswers = true;
    await batching.batches.append(good, aMessage('once'));
    for (let i = 0; i < ATTEMPTS; i += 1) {
      batching.now += MAX_BACKOFF_MS;
      await sweep.run();
    }
    failure.losesAnswers = false;
    await batching.batches.append(good, aMessage('next'), true);
    await sweep.run();
    expect(await batching.jobs()).toMatchObject([{ text: 'once' }]);
  });

  it('begins no hand-off when half the lease has passed', async () => {
    let monotonicMs = 0;
    const { settings } = batching;
    const handOff = new HandOff(batching.queue, settings, {
      monotonicMs: () => (monotonicMs += settings.handOff.leaseMs),
    });
    await batching.batches.append(good, aMessage('late'));
    batching.now += 1_000;
    const late = new Sweep(batching.claims, handOff, new Succession(batching.store), batching.settings, {
      monotonicMs: () => 0,
    });
    expect(await late.run()).toMatchObject({ handedOff: 0, released: 1 });
    expect(await batching.jobs()).toEqual([]);
  });

  it('keeps the history within its bounds of number and bytes', async () => {
    await batching.stop();
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000', HISTORY_MAX: '3' });
    for (let i = 0; i < 6; i += 1) {
      await batching.batches.append(good, aMessage(String(i)));
      batching.now += 1_000;
      await batching.sweep.run();
    }
    const { items } = await batching.history.page(10, null, good.customer);
    expect(items.map(({ text }) => text)).toEqual(['5', '4', '3']);
  });
});
