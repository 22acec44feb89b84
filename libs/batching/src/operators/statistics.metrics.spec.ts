import { Metrics } from '@app/platform';
import { StoreUnavailableError } from '../redis/outage';
import { type StatisticsReader, type Statistics } from './statistics';
import { StatisticsMetrics } from './statistics.metrics';

const STATISTICS: Statistics = {
  pending: 3,
  messages: 3,
  claimed: 0,
  due: 0,
  setAside: 0,
  deadLetters: 0,
  deadLettersByStage: { batcher: 0, worker: 0 },
  turns: 1,
  pausedSince: 1,
  sizes: { min: 1, max: 1, avg: 1 },
  audit: null,
  oldestAgeMs: 4_500,
  balance: 0,
  paused: true,
  totals: {
    accepted: 9,
    duplicates: 1,
    delivered: 4,
    answered: 3,
    cleared: 2,
    revoked: 0,
    blocked: 0,
    slowed: 0,
    erased: 0,
    merged: 0,
    buried: 0,
  },
};

describe('what a scrape says of Redis', () => {
  const statistics = jest.fn<Promise<Statistics>, []>();
  const metrics = new Metrics();
  new StatisticsMetrics(metrics, { read: statistics } as unknown as StatisticsReader);

  it('is what is there, in base units', async () => {
    statistics.mockResolvedValue(STATISTICS);
    const scrape = await metrics.render();
    expect(scrape).toContain('rapid_fire_pending_conversations 3\n');
    expect(scrape).toContain('rapid_fire_oldest_pending_age_seconds 4.5\n');
    expect(scrape).toContain('rapid_fire_hand_off_paused 1\n');
    expect(scrape).toContain('rapid_fire_account_messages{account="delivered"} 4\n');
    expect(scrape).toContain('rapid_fire_redis_up 1\n');
  });

  it('is what the latest audit found, and nothing before the first', async () => {
    statistics.mockResolvedValue(STATISTICS);
    expect(await metrics.render()).not.toMatch(/^rapid_fire_audit_ok /m);
    const audit = { at: 1, counted: 2, accounted: 3, tolerance: 0, ok: false };
    statistics.mockResolvedValue({ ...STATISTICS, audit });
    expect(await metrics.render()).toContain('rapid_fire_audit_ok 0\n');
  });

  it('is nothing but the outage while Redis is away, and never what was there before', async () => {
    statistics.mockRejectedValue(new StoreUnavailableError('gone'));
    const scrape = await metrics.render();
    expect(scrape).toContain('rapid_fire_redis_up 0\n');
    expect(scrape).not.toMatch(/^rapid_fire_(pending|account|oldest|audit)\w* /m);
    expect(scrape).not.toMatch(/^rapid_fire_account_messages\{/m);
  });
});
