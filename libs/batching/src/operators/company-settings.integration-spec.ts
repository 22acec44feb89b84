import { TestBatching } from '../testing/batching';
import { CompanySettings, versionOfSettings } from './company-settings';

describe('the settings of companies at run time', () => {
  let batching: TestBatching;
  let kept: CompanySettings;

  beforeAll(async () => {
    batching = await TestBatching.start({ KEY_PREFIX: 'shop:' });
    kept = new CompanySettings(batching.store);
  });
  beforeEach(() => batching.redis.flushall());
  afterAll(() => batching.stop());

  const all = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await kept.readIfChanged(null))?.byCompany ?? []);

  it('are kept until they are replaced or taken back, under one key', async () => {
    expect(await kept.set('salon', 'one')).toBe('set');
    expect(await kept.set('-', 'two')).toBe('set');
    expect(await kept.set('salon', 'three')).toBe('set');
    expect(await all()).toEqual({ salon: 'three', '-': 'two' });
    expect(await kept.set('salon', '')).toBe('set');
    expect(await kept.set('salon', '')).toBe('unknown');
    expect(await all()).toEqual({ '-': 'two' });
    expect(await batching.redis.keys('*rapid-fire*')).toEqual(['shop:rapid-fire-company-settings']);
  });

  it('are none where somebody has put something else in their place, until that is removed', async () => {
    await kept.set('salon', 'one');
    await batching.redis.set(kept.key, 'by hand');
    const read = await kept.readIfChanged(null);
    expect(read).toMatchObject({ isReadable: false, byCompany: new Map() });
    expect(await kept.readIfChanged(read?.version ?? null)).toBeNull();
    await batching.redis.del(kept.key);
    await kept.set('salon', 'two');
    expect(await kept.readIfChanged(read?.version ?? null)).toMatchObject({ isReadable: true });
  });

  it('have another version after each change, also where the clock stands or goes back', async () => {
    const versions = new Set<string>();
    for (const text of ['one', 'one', 'two', '']) {
      await kept.set('salon', text);
      versions.add((await kept.readIfChanged(null))?.version ?? '');
      batching.now -= 1_000;
    }
    expect(versions.size).toBe(4);
  });

  it('stay as they are where they are no longer what the operator has read', async () => {
    const nothing = versionOfSettings('');
    expect(await kept.set('salon', 'one', nothing)).toBe('set');
    expect(await kept.set('salon', 'two', nothing)).toBe('changed');
    expect(await kept.set('salon', '', nothing)).toBe('changed');
    expect(await all()).toEqual({ salon: 'one' });
    expect(await kept.set('salon', 'two', `W/"${nothing}", "${versionOfSettings('one')}"`)).toBe('set');
    expect(await kept.set('salon', '', versionOfSettings('two'))).toBe('set');
    expect(await kept.set('salon', '', versionOfSettings('two'))).toBe('unknown');
  });

  it('are not read again while nothing has changed, and are when Redis has lost them', async () => {
    expect(await kept.readIfChanged('')).toBeNull();
    await kept.set('salon', 'one');
    const { version } = (await kept.readIfChanged('')) ?? { version: '' };
    expect(await kept.readIfChanged(version)).toBeNull();
    await batching.redis.flushall();
    expect(await kept.readIfChanged(version)).toEqual({
      version: '',
      byCompany: new Map(),
      isReadable: true,
    });
  });

  it('are of a thousand companies at the most; what is there may be changed', async () => {
    for (let i = 0; i < 1_000; i += 1) expect(await kept.set(`c${i}`, 'x')).toBe('set');
    expect(await kept.set('one-more', 'x')).toBe('too-many');
    expect(await kept.set('c7', 'y')).toBe('set');
    expect(await kept.set('c8', '')).toBe('set');
    expect(await kept.set('one-more', 'x')).toBe('set');
    expect(Object.keys(await all()).length).toBe(1_000);
  });
});
