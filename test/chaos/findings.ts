import { Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';

/** What was found after a storm, in messages. */
export interface Findings {
  accepted: number;
  /** Answered with 2xx and in no job. */
  lost: number;
  /** In more than one job. */
  doubled: number;
  /** Behind a later message of the same conversation, in a job or between jobs. */
  disordered: number;
  jobs: number;
  /** I5, from the accounts in Redis; 0 where they balance. */
  balance: number;
  /** Messages left in the lists. */
  pending: number;
  /** Accepted, as the accounts have it. */
  accounted: number;
}

/** Where to look: at the queue under its prefix, and at the accounts under their keys, one for each partition. */
export interface Scene {
  redis: Redis | Cluster;
  prefix: string;
  counters: readonly string[];
}

/** Compares what was accepted with what is on the queue, whose consumer is this check alone. */
export async function lookForDamage(
  { redis, prefix, counters }: Scene,
  accepted: ReadonlyMap<string, number>,
): Promise<Findings> {
  const queue = new Queue<{ conversationId: string; messages: { text: string }[] }>('messages', {
    connection: redis,
    prefix,
  });
  try {
    const jobs = await queue.getJobs(['wait'], 0, -1, true);
    const delivered = new Map<string, number[]>();
    for (const { data } of jobs) {
      const numbers = delivered.get(data.conversationId) ?? [];
      numbers.push(...data.messages.map(({ text }) => Number(text)));
      delivered.set(data.conversationId, numbers);
    }
    const findings: Findings = {
      accepted: 0,
      lost: 0,
      doubled: 0,
      disordered: 0,
      jobs: jobs.length,
      balance: 0,
      pending: 0,
      accounted: 0,
    };
    for (const [conversation, count] of accepted) compare(count, delivered.get(conversation) ?? [], findings);
    const accounts = await Promise.all(counters.map((key) => redis.hgetall(key)));
    const account = (name: string): number => accounts.reduce((sum, one) => sum + Number(one[name] ?? 0), 0);
    findings.pending = account('pending');
    findings.accounted = account('accepted');
    findings.balance =
      account('accepted') -
      account('delivered') -
      account('pending') -
      account('cleared') -
      account('buried');
    return findings;
  } finally {
    await queue.close();
  }
}

function compare(count: number, numbers: readonly number[], findings: Findings): void {
  const seen = new Set(numbers);
  findings.accepted += count;
  for (let n = 1; n <= count; n += 1) if (!seen.has(n)) findings.lost += 1;
  findings.doubled += numbers.length - seen.size;
  findings.disordered += numbers.filter((n, i) => i > 0 && n < (numbers[i - 1] as number)).length;
}
