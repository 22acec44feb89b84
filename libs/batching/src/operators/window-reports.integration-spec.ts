import { simulatedId } from '@app/contracts';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { WindowReports } from './window-reports';

describe('the window report for the live page', () => {
  let batching: TestBatching;

  beforeAll(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '9000' });
  });
  afterAll(() => batching.stop());

  async function writeOnce(customer: string): Promise<void> {
    const conversation = aConversation(customer);
    await batching.batches.append(conversation, aMessage('Hello'));
    batching.now += 3_000;
    await batching.batches.append(conversation, aMessage('again'));
    batching.now += 9_000;
    await batching.sweep.run();
  }

  it('plays what the history shows, without simulated customers, and is made once a minute', async () => {
    await writeOnce('79001234567');
    await writeOnce(simulatedId('79001234567'));
    const reports = new WindowReports(batching.store);
    const report = await reports.read();
    expect(report.data).toMatchObject({ batches: 1, bursts: 1, customers: 1 });
    expect(report.gaps.map((count, second) => (count > 0 ? [second, count] : null)).filter(Boolean)).toEqual([
      [3, 1],
    ]);
    expect(report.settings.find(({ isPresent }) => isPresent)).toMatchObject({
      kind: 'hold',
      windowMs: 9_000,
    });
    await writeOnce('79007654321');
    expect(await reports.read()).toBe(report);
  });
});
