import type { LiveWindow } from '@app/contracts';
import { BatchService } from '../batch.service';
import type { BatchingSettings } from '../config/batching.settings';
import { ProcessRegistry } from '../processes/process-registry';
import { BatchStore } from '../store/batch-store';
import { SetAside } from '../store/set-aside';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Turns } from '../turns/turns';
import { Steering } from '../window/steering';
import { TypingAndHold } from '../window/typing-and-hold';
import { LiveReader } from './live-reader';
import { Pause } from './pause';

const PARTITIONED = { PARTITIONS: '4', BATCH_TIMEOUT: '9000', BATCH_MAX_WAIT: '60000', MAX_BATCH_SIZE: '5' };

describe('what the live page is shown', () => {
  let batching: TestBatching;
  let reader: LiveReader;
  let typingAndHold: TypingAndHold;

  beforeAll(async () => {
    batching = await TestBatching.start({ ...PARTITIONED, BUSY_POLICY: 'supersede' });
    const { store } = batching;
    reader = new LiveReader(store, new ProcessRegistry(store, new SetAside(store)));
    typingAndHold = new TypingAndHold(store);
  });
  beforeEach(() => batching.redis.flushall());
  afterAll(() => batching.stop());

  const write = (phone: string, text = 'Hello'): Promise<unknown> =>
    batching.batches.append(aConversation(phone), aMessage(text));

  async function shown(phone: string): Promise<LiveWindow | undefined> {
    const { windows } = await reader.read();
    return windows.find((window) => window.phone === phone);
  }

  /** When a batcher looks at it next, by the index that batchers go by. */
  async function dueAt(phone: string): Promise<number> {
    const conversation = aConversation(phone);
    return Number(await batching.redis.zscore(batching.store.keysOf(conversation).due, conversation.id));
  }

  it('each window says why it waits, and until the time at which a batcher looks', async () => {
    await write('79000000001');
    await write('79000000002');
    batching.now += 5_000;
    await typingAndHold.typing(aConversation('79000000002'), true);
    await write('79000000003');
    await typingAndHold.hold(aConversation('79000000003'));
    for (let i = 0; i < 5; i += 1) await write('79000000004');
    await write('79000000005');
    await batching.open.flush(aConversation('79000000005'), 'manual');
    const { windows } = await reader.read();
    const found = windows.map(({ phone, waits }) => `${phone ?? ''} ${waits}`).sort();
    expect(found).toEqual([
      '79000000001 silence',
      '79000000002 typing',
      '79000000003 held',
      '79000000004 full',
      '79000000005 flushed',
    ]);
    for (const { phone, until } of windows.filter((window) => window.until !== null))
      expect([phone, until]).toEqual([phone, await dueAt(phone ?? '')]);
    expect(windows.filter(({ until }) => until === null).length).toBe(2);
  });

  it('a customer who writes too much waits for the end of the minute, also with a full window', async () => {
    const { window } = batching.settings;
    const limited: BatchingSettings = { ...batching.settings, window: { ...window, maxPerMinute: 3 } };
    const ofLimited = { ...limited, of: () => limited };
    const slowing = new BatchService(
      new BatchStore(batching.redis, ofLimited, { clock: () => batching.now }),
    );
    const phone = '79000000001';
    for (let i = 0; i < 5; i += 1) await slowing.append(aConversation(phone), aMessage('.'));
    const until = batching.now + 60_000;
    expect([until, await dueAt(phone)]).toEqual([await dueAt(phone), until]);
    expect(await shown(phone)).toMatchObject({ waits: 'slowed', until });
    batching.now = until;
    expect(await shown(phone)).toMatchObject({ waits: 'full', until: null });
    await batching.sweep.run();
    expect(await batching.jobs()).toMatchObject([{ flushReason: 'max-rate' }]);
  });

  it('a customer who does not stop waits until the longest wait, and then is due', async () => {
    await write('79000000001');
    for (let i = 0; i < 7; i += 1) {
      batching.now += 8_000;
      await typingAndHold.typing(aConversation('79000000001'), true);
    }
    const phone = '79000000001';
    expect(await shown(phone)).toMatchObject({ waits: 'longest-wait', until: await dueAt(phone) });
    batching.now += 10_000;
    expect(await shown(phone)).toMatchObject({ waits: 'due', until: null });
  });

  it('says how long a silence is waited for, that the bot is muted, and that a window waits for the end of a pause', async () => {
    const phone = '79000000001';
    await write(phone);
    expect(await shown(phone)).toMatchObject({ silenceMs: 9_000, habit: null, isMuted: false });
    await new Steering(batching.store).mute(aConversation(phone), 60_000);
    await new Pause(batching.store).stop();
    expect(await shown(phone)).toMatchObject({ waits: 'silence', isMuted: true });
    batching.now += 9_000;
    expect(await shown(phone)).toMatchObject({ waits: 'paused', until: null });
  });

  it('a draft at the bot says so, and what came behind an answer is no part of it', async () => {
    const phone = '79000000001';
    const turns = new Turns(batching.store);
    await batching.redis.set(batching.store.partitions.home.workerSeen, '1');
    await Promise.all(
      batching.store.partitions.all.map(({ workerSeen }) => batching.redis.set(workerSeen, '1')),
    );
    await write(phone);
    await write(phone);
    batching.now += 9_000;
    await batching.sweep.run();
    expect(await shown(phone)).toMatchObject({ waits: 'queued', size: 2, behind: 0, isDraft: true });
    const [job] = await batching.jobs();
    if (job === undefined) throw new Error('no job');
    await turns.begin(aConversation(phone), job);
    expect(await shown(phone)).toMatchObject({ waits: 'bot', since: batching.now, isDraft: true });
  });

  it('the soonest are listed, and the rest is counted', async () => {
    for (let i = 0; i < 120; i += 1) await write(String(79_000_000_000 + i));
    batching.now += 1;
    await write('79990000000');
    const { windows, more, state } = await reader.read();
    expect(windows.length).toBe(100);
    expect(windows.map(({ phone }) => phone)).not.toContain('79990000000');
    expect([state.open, state.messages, more]).toEqual([121, 121, 21]);
  });
});
