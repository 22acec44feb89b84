import { BatchService } from '../batch.service';
import type { BatchingSettings } from '../config/batching.settings';
import { Claims } from '../hand-off/claims';
import { BatchStore } from '../store/batch-store';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';

const QUIET_MS = 9_000;

/** Settings in which one company's are others. */
function withCompany(
  settings: BatchingSettings,
  company: string,
  own: Partial<Pick<BatchingSettings, 'window' | 'turns'>>,
): BatchingSettings {
  const ofCompany = { ...settings, ...own };
  const all: BatchingSettings = { ...settings, of: (id) => (String(id) === company ? ofCompany : all) };
  return all;
}

describe('two processes that have read different companies files', () => {
  let batching: TestBatching;
  let webhook: BatchService;
  const mine = aConversation('79001234567', 'salon');
  const other = aConversation('79001234567', 'clinic');

  function storeOf(own: Partial<Pick<BatchingSettings, 'window' | 'turns'>>): BatchStore {
    const settings = withCompany(batching.settings, 'salon', own);
    return new BatchStore(batching.redis, settings, { clock: () => batching.now });
  }

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: String(QUIET_MS) });
    const { window } = batching.settings;
    webhook = new BatchService(storeOf({ window: { ...window, maxSize: 2, maxWaitMs: 20_000 } }));
  });
  afterEach(() => batching.stop());

  it('agree on when a window is full: the batcher knows no company', async () => {
    expect(await webhook.append(mine, aMessage('Good'))).toMatchObject({ outcome: 'opened' });
    expect(await webhook.append(mine, aMessage('day'))).toMatchObject({ outcome: 'full' });
    expect(await webhook.append(mine, aMessage('to you'))).toMatchObject({ outcome: 'full' });
    await webhook.append(other, aMessage('Hello'));
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    expect(await batching.jobs()).toMatchObject([{ text: 'Good day', flushReason: 'max-size' }]);
  });

  it('agree on the longest wait', async () => {
    for (let i = 0; i < 3; i += 1, batching.now += QUIET_MS - 1) await webhook.append(mine, aMessage(`${i}`));
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    expect(await batching.jobs()).toMatchObject([{ text: '0 1', flushReason: 'max-size' }]);
    batching.now += QUIET_MS;
    await batching.sweep.run();
    expect((await batching.jobs()).map(({ text }) => text)).toEqual(['0 1', '2']);
  });

  it('give a window the limits of the latest message', async () => {
    await webhook.append(mine, aMessage('1'));
    await batching.batches.append(mine, aMessage('2'));
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 0 });
    expect(await webhook.append(mine, aMessage('3'))).toMatchObject({ outcome: 'full' });
    await batching.sweep.run();
    batching.now += QUIET_MS;
    await batching.sweep.run();
    expect((await batching.jobs()).map(({ text }) => text)).toEqual(['1 2', '3']);
  });

  it('leave each member of a lot its own', async () => {
    const [first, last] = [aConversation('79000000001', 'salon'), aConversation('79000000002', 'salon')];
    for (const conversation of [first, other, last])
      for (const text of ['a', 'b', 'c']) await webhook.append(conversation, aMessage(text));
    batching.now += QUIET_MS;
    const claims = await batching.claims.claimEach([first.id, other.id, last.id]);
    expect(claims.map(({ messages }) => messages.length)).toEqual([2, 3, 2]);
  });

  it('hand everything off once, whatever busy policy each of them has', async () => {
    const { turns } = batching.settings;
    const superseding = new Claims(storeOf({ turns: { ...turns, supersede: true } }));
    await webhook.append(mine, aMessage('a'));
    await webhook.append(other, aMessage('b'));
    batching.now += QUIET_MS;
    const drafts = await superseding.claimEach([mine.id, other.id]);
    expect(drafts.map(({ answerAt }) => answerAt !== null)).toEqual([true, false]);
    // The one that goes by another policy settles what the first has claimed.
    expect(await batching.claims.settleEach(drafts)).toEqual(['settled', 'settled']);
    expect(await batching.claims.claimEach([mine.id, other.id])).toEqual([]);
    expect(await batching.statistics()).toMatchObject({ balance: 0 });
  });
});
