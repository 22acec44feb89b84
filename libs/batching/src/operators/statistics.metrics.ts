import { Injectable } from '@nestjs/common';
import { Metrics } from '@app/platform';
import { type Statistics, StatisticsReader, type Totals } from './statistics';

const SHARED = 'The same from every process of one Redis: take the max, not the sum.';

const GAUGES: Record<string, [help: string, value: (statistics: Statistics) => number | null]> = {
  pending_conversations: ['Conversations that hold a message.', ({ pending }) => pending],
  pending_messages: ['Messages not yet handed off.', ({ messages }) => messages],
  claimed_batches: ['Batches that a batcher has claimed.', ({ claimed }) => claimed],
  due_conversations: ['Conversations that a batcher must look at now: the backlog.', ({ due }) => due],
  open_turns: ['Conversations with a batch at the bot, or on its way there.', ({ turns }) => turns],
  oldest_pending_age_seconds: ['Age of the oldest batch that is pending.', (s) => s.oldestAgeMs / 1000],
  set_aside_conversations: ['Damaged conversations that wait for a repair.', ({ setAside }) => setAside],
  dead_letters: ['Batches that could not be handed off.', (s) => s.deadLettersByStage.batcher],
  hand_off_paused: ['1 while an operator has hand-off paused.', ({ paused }) => Number(paused)],
  account_balance_messages: [
    'Messages accepted, less those in all other accounts. Not 0: one was lost or doubled.',
    ({ balance }) => balance,
  ],
  audit_ok: [
    '1 if the latest count of the lists agreed with the accounts, 0 if not; absent before the first.',
    ({ audit }) => audit && Number(audit.ok),
  ],
};

/** Shows at every scrape what is in Redis; while it cannot be read, nothing, rather than old values. */
@Injectable()
export class StatisticsMetrics {
  constructor(metrics: Metrics, reader: StatisticsReader) {
    const up = metrics.gauge({
      name: 'redis_up',
      help: '1 if this process could read its Redis just now.',
    });
    const accounts = metrics.gauge({
      name: 'account_messages',
      help: `Messages by account, since this Redis was empty. ${SHARED}`,
      labelNames: ['account'],
    });
    const gauges = Object.entries(GAUGES).map(([name, [help, value]]) => ({
      value,
      gauge: metrics.gauge({ name, help: `${help} ${SHARED}` }),
    }));
    metrics.beforeScrape(async () => {
      const statistics = await reader.read().catch(() => null);
      up.set(Number(statistics !== null));
      accounts.reset();
      for (const { gauge, value } of gauges) {
        const now = statistics && value(statistics);
        if (now === null) gauge.remove();
        else gauge.set(now);
      }
      const totals = Object.entries(statistics?.totals ?? {}) as [keyof Totals, number][];
      for (const [account, messages] of totals) accounts.set({ account }, messages);
    });
  }
}
