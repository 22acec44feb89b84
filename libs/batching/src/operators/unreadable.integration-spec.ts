import { TestBatching } from '../testing/batching';
import { Unreadable, type UnreadableBody } from './unreadable';

const DAY_MS = 24 * 3_600_000;

function aBody(body: unknown = { event: 'message' }): UnreadableBody {
  return { gateway: 'waha', reasons: ['malformed'], bytes: 19, body };
}

describe('bodies that were not understood', () => {
  let batching: TestBatching;
  let unreadable: Unreadable;

  beforeEach(async () => {
    batching = await TestBatching.start();
    batching.now = Date.now();
    unreadable = new Unreadable(batching.store);
  });
  afterEach(() => batching.stop());

  it('is kept as it was given', async () => {
    await unreadable.keep(aBody());
    const { items, cursor } = await unreadable.page(10, null);
    expect(items).toMatchObject([{ ...aBody(), isCut: false }]);
    expect(cursor).toBeNull();
  });

  it.each([null, 17, [], 'text'])('is kept whatever it is: %p', async (body) => {
    await unreadable.keep(aBody(body));
    expect((await unreadable.page(10, null)).items).toMatchObject([{ body }]);
  });

  it('is shown newest first, page by page', async () => {
    for (const body of [1, 2, 3]) await unreadable.keep(aBody(body));
    const first = await unreadable.page(2, null);
    const second = await unreadable.page(2, first.cursor);
    expect([...first.items, ...second.items].map(({ body }) => body)).toEqual([3, 2, 1]);
    expect(second.cursor).toBeNull();
  });

  it('is cut where it is large', async () => {
    await unreadable.keep(aBody({ text: 'ю'.repeat(100_000) }));
    const [kept] = (await unreadable.page(1, null)).items;
    expect(kept?.isCut).toBe(true);
    expect(String(kept?.body).startsWith('{"text":"ююю')).toBe(true);
    expect(Buffer.byteLength(String(kept?.body))).toBeLessThan(17_000);
  });

  it('makes room for the latest 500', async () => {
    await Promise.all(Array.from({ length: 510 }, (_, i) => unreadable.keep(aBody(i))));
    expect(await batching.redis.xlen(batching.store.partitions.home.unreadable)).toBe(500);
  });

  it('goes after a week, all of it where nothing follows', async () => {
    await unreadable.keep(aBody('old'));
    expect(await batching.redis.pttl(batching.store.partitions.home.unreadable)).toBeGreaterThan(6 * DAY_MS);
    batching.now += 8 * DAY_MS;
    await unreadable.keep(aBody('new'));
    // Both have Redis's own time; the second one's clock is eight days ahead of it.
    expect((await unreadable.page(10, null)).items).toEqual([]);
  });
});
