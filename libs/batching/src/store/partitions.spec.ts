import { conversationOf } from '@app/contracts';
import { testSettings } from '../testing/settings';
import { Partitions } from './partitions';

const CLUSTER = { REDIS_URL: '', REDIS_CLUSTER_NODES: '127.0.0.1:7000' };
const partitionsOf = (variables: Record<string, string>): Partitions =>
  new Partitions(testSettings(variables).redis);

describe('partitions', () => {
  it('are one with one Redis, whose keys have no tag', () => {
    const { home, all } = partitionsOf({});
    expect(all.map(({ due }) => due)).toEqual(['rapid-fire-due']);
    expect(home.environmentMark).toBe('rapid-fire-environment');
  });

  it('hold one customer’s conversations of all companies together', () => {
    const partitions = partitionsOf(CLUSTER);
    const ours = [null, 1, 2].map((company) => partitions.of(conversationOf('79001234567', company)));
    expect(new Set(ours).size).toBe(1);
  });

  it('of a customer never change: what is stored must be found again', () => {
    const partitions = partitionsOf(CLUSTER);
    expect(['79001234567', 'wa-lid:241758390126644'].map((customer) => partitions.indexOf(customer))).toEqual(
      [15, 32],
    );
  });

  it('fill evenly', () => {
    const partitions = partitionsOf(CLUSTER);
    const filled = new Array<number>(64).fill(0);
    for (let i = 0; i < 64_000; i += 1) {
      const index = partitions.indexOf(String(79_000_000_000 + i));
      filled[index] = (filled[index] ?? 0) + 1;
    }
    expect(Math.min(...filled)).toBeGreaterThan(800);
    expect(Math.max(...filled)).toBeLessThan(1_200);
  });

  it('have a home that does not move with their number', () => {
    const homes = ['1', '64'].map((PARTITIONS) => partitionsOf({ ...CLUSTER, PARTITIONS }).home);
    expect(homes.map(({ environmentMark }) => environmentMark)).toEqual([
      'rapid-fire-environment:{p00}',
      'rapid-fire-environment:{p00}',
    ]);
  });
});
