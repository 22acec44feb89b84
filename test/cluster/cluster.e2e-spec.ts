import { ClusterSystem } from '../support/cluster-system';
import { pause } from '../support/eventually';
import { BATCHED } from '../support/system';

const SILENCE_MS = 5_000;
const PHONE = '79001234567';
const MANY = 60;

/** One company for each test, so that all may use one customer and one system. */
let company = 100;

describe('on a Redis Cluster of three masters and three replicas', () => {
  let system: ClusterSystem;

  beforeAll(async () => {
    system = await ClusterSystem.start({ BATCH_TIMEOUT: String(SILENCE_MS), MAX_BATCH_SIZE: '10' });
  });
  afterAll(() => system.stop());
  beforeEach(() => {
    company += 1;
  });

  async function store(message: string, phone = PHONE): Promise<void> {
    const answer = await system.post({ phone, message, companyId: company });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
  }

  it('makes one message of 8 that come 100 ms apart', async () => {
    for (let i = 1; i <= 8; i += 1) {
      await store(`fragment ${i}`);
      await pause(100);
    }
    const [job, ...more] = await system.jobsOf(`${company}:${PHONE}`);
    expect(more).toEqual([]);
    expect(job).toMatchObject({ messageCount: 8, flushReason: 'quiet' });
  });

  it('makes three messages of 3 that come further apart than the silence', async () => {
    for (const text of ['one', 'two', 'three']) {
      await store(text);
      await system.nothingPending();
    }
    const jobs = await system.jobsOf(`${company}:${PHONE}`);
    expect(jobs.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('hands off 10 of 12 that come at once at once, the other 2 after the silence', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, i) => store(`fragment ${i}`)));
    const jobs = await system.jobsOf(`${company}:${PHONE}`);
    expect(jobs.map(({ messageCount, flushReason }) => [messageCount, flushReason])).toEqual([
      [10, 'max-size'],
      [2, 'quiet'],
    ]);
  });

  it('spreads conversations over all masters, all of one customer’s over one', async () => {
    await call('/admin/pause');
    for (let i = 0; i < MANY; i += 1) await store('hello', `7900${2_000_000 + i}`);
    await store('here');
    await system.post({ phone: PHONE, message: 'elsewhere', companyId: 'other' });
    const lists = await Promise.all(
      (await system.cluster.masters()).map((master) => master.keys('rapid-fire:{p*}:*')),
    );
    expect(lists.every((keys) => keys.length > MANY / 10)).toBe(true);
    const ours = lists.flat().filter((key) => key.endsWith(PHONE));
    expect(ours).toHaveLength(2);
    expect(new Set(ours.map((key) => /\{p\d\d\}/.exec(key)?.[0])).size).toBe(1);
  });

  it('shows operators everything once, whatever partition it is in', async () => {
    const open = await walk('/admin/batches?limit=7');
    expect(new Set(open.map(({ conversationId }) => conversationId)).size).toBe(open.length);
    expect(open).toHaveLength(MANY + 2);
    expect(await system.get(`${BATCHED}/stats`)).toMatchObject({ pending: MANY + 2, paused: true });
    await call('/admin/resume');
    await system.nothingPending();

    const handedOff = await walk('/admin/history?limit=7');
    expect(new Set(handedOff.map(({ batchId }) => batchId)).size).toBe(handedOff.length);
    expect(handedOff).toHaveLength((await system.jobs()).length);
    // Newest first: at the end are those of the tests before this one.
    expect(handedOff.slice(-6).map(({ text }) => text)).toEqual([
      'fragment 10 fragment 11',
      Array.from({ length: 10 }, (_, i) => `fragment ${i}`).join(' '),
      ...['three', 'two', 'one'],
      Array.from({ length: 8 }, (_, i) => `fragment ${i + 1}`).join(' '),
    ]);
    const statistics = await system.get(`${BATCHED}/stats`);
    expect(statistics).toMatchObject({ balance: 0, paused: false, deadLetters: 0 });
  });

  it('has never left a slot', () => {
    expect(system.log).not.toMatch(/CROSSSLOT|same slot|do not hash|non local key|"level":50/);
  });

  function call(path: string): Promise<Response> {
    return fetch(system.webhook.url + path, { method: 'POST' });
  }

  async function walk(path: string): Promise<Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    for (let cursor: string | null = null; ;) {
      const page: Record<string, unknown> = await system.get(
        cursor === null ? path : `${path}&cursor=${cursor}`,
      );
      items.push(...(page.items as Record<string, unknown>[]));
      cursor = page.cursor as string | null;
      if (cursor === null) return items;
    }
  }
});
