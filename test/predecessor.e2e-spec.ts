import { pause } from './support/eventually';
import { sideBySide } from './support/side-by-side';
import { BATCHED, System } from './support/system';

const SILENCE_MS = 4_000;
/** What one tick and a slow machine may add to the silence. */
const SLACK_MS = 30_000;
const PHONE = '79001234567';

/** The company of the last test: one for each, so that all may use one customer and one system. */
let companies = 962302;

describe('fragments over HTTP', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({ env: { BATCH_TIMEOUT: String(SILENCE_MS) } });
  });

  afterAll(() => system.stop());

  async function store(company: number, message: string): Promise<void> {
    const answer = await system.post(BATCHED, { phone: PHONE, message, companyId: company });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
  }

  const nextCompany = (): number => (companies += 1);

  sideBySide({
    'makes one message of 8 that come 100 ms apart, one silence after the last': async () => {
      const company = nextCompany();
      for (let i = 1; i <= 8; i += 1) {
        await store(company, `fragment ${i}`);
        await pause(100);
      }
      await system.jobsOf(`${company}:${PHONE}`, 1);
      await system.nothingPendingOf(company, PHONE);
      const [job, ...more] = await system.jobsOf(`${company}:${PHONE}`, 1);

      expect(more).toEqual([]);
      expect(job?.data).toMatchObject({ messageCount: 8, flushReason: 'quiet' });
      expect(job?.data.text).toBe([1, 2, 3, 4, 5, 6, 7, 8].map((i) => `fragment ${i}`).join(' '));
      const waited = (job?.data.flushedAt ?? 0) - (job?.data.lastMessageAt ?? 0);
      expect(waited).toBeGreaterThanOrEqual(SILENCE_MS);
      expect(waited).toBeLessThan(SILENCE_MS + SLACK_MS);
    },

    'makes three messages of 3 that come further apart than the silence': async () => {
      const company = nextCompany();
      for (const [i, text] of ['one', 'two', 'three'].entries()) {
        await store(company, text);
        await system.jobsOf(`${company}:${PHONE}`, i + 1);
      }
      const jobs = await system.jobsOf(`${company}:${PHONE}`, 3);
      await system.nothingPendingOf(company, PHONE);

      expect(jobs.map(({ data }) => data.text)).toEqual(['one', 'two', 'three']);
      expect(jobs.map(({ data }) => data.flushReason)).toEqual(['quiet', 'quiet', 'quiet']);
    },

    'hands off 10 of 12 that come at once at once, the other 2 after the silence': async () => {
      const texts = Array.from({ length: 12 }, (_, i) => `fragment ${i + 1}`);
      const company = nextCompany();
      await Promise.all(texts.map((text) => store(company, text)));
      const [full, rest, ...more] = await system.jobsOf(`${company}:${PHONE}`, 2);
      await system.nothingPendingOf(company, PHONE);

      expect(more).toEqual([]);
      expect(full?.data).toMatchObject({ messageCount: 10, flushReason: 'max-size' });
      expect(rest?.data).toMatchObject({ messageCount: 2, flushReason: 'quiet' });
      expect((full?.data.flushedAt ?? 0) - (full?.data.lastMessageAt ?? 0)).toBeLessThan(SILENCE_MS);
      expect((rest?.data.flushedAt ?? 0) - (rest?.data.lastMessageAt ?? 0)).toBeGreaterThanOrEqual(
        SILENCE_MS,
      );
      const delivered = [full, rest].flatMap((job) => job?.data.messages.map(({ text }) => text) ?? []);
      expect(delivered.sort()).toEqual(texts.sort());
    },

    'understands the recorded customer: four fragments are one message, exactly as the contract has it':
      async () => {
        const fragments = ['Запишите на стрижку меня', 'На завтра', 'В 18:00', 'К Бари'];
        const times = ['15:38:14', '15:38:17', '15:38:22', '15:38:26'].map((time) =>
          Date.parse(`2024-07-23T${time}Z`),
        );
        for (const [i, message] of fragments.entries()) {
          const answer = await system.post(BATCHED, {
            phone: '+79001234567',
            message,
            companyId: 962302,
            messageId: `m-${i}`,
            timestamp: times[i],
            metadata: { fragment: i },
          });
          expect(answer.body).toEqual({
            success: true,
            outcome: i === 0 ? 'opened' : 'extended',
            conversationId: '962302:79001234567',
            messageId: `m-${i}`,
            size: i + 1,
            dueAt: expect.any(Number) as number,
          });
        }
        await system.jobsOf('962302:79001234567', 1);
        await system.nothingPendingOf(962302, PHONE);
        const [job, ...more] = await system.jobsOf('962302:79001234567', 1);

        expect(more).toEqual([]);
        expect(job?.name).toBe('merged-message');
        expect(job?.id).toBe(job?.data.batchId);
        expect(job?.data).toEqual({
          version: 1,
          batchId: expect.stringMatching(/^b-./) as string,
          conversationId: '962302:79001234567',
          phone: '79001234567',
          companyId: 962302,
          text: 'Запишите на стрижку меня На завтра В 18:00 К Бари',
          messageCount: 4,
          messages: fragments.map((text, i) => ({
            messageId: `m-${i}`,
            type: 'text',
            text,
            timestamp: times[i],
            receivedAt: expect.any(Number) as number,
            media: null,
            metadata: { fragment: i },
            source: { gateway: 'generic', account: null, chatId: '+79001234567' },
          })),
          flushReason: 'quiet',
          firstMessageAt: times[0],
          lastMessageAt: times[3],
          flushedAt: expect.any(Number) as number,
          channel: 'whatsapp',
          window: { ms: expect.any(Number) as number, why: 'fixed' },
        });
      },

    'logs the lines that operators search for': async () => {
      const company = nextCompany();
      await store(company, 'one');
      await system.jobsOf(`${company}:${PHONE}`, 1);

      for (const line of [
        /Found \d+ pending batches/,
        new RegExp(
          `"conversationId":"${company}:${PHONE}".*"messagesCount":1.*Processing batch for ${PHONE}`,
        ),
        /Batch processed successfully/,
      ]) {
        await expect(system.batcher?.waitForLine(line)).resolves.toMatch(line);
      }
    },
  });
});
