import type { Cluster, Redis } from 'ioredis';
import type { StoredMessage } from '@app/contracts';
import type { Heard } from '../support/stand-in';
import { watchedQueue } from '../support/watched-queue';
import { byPhone } from './customers';

/** What was found after a storm, in messages. */
export interface Findings {
  accepted: number;
  /** Answered with 2xx and in no job. */
  lost: number;
  /** In more than one job. */
  doubled: number;
  /** Behind a later message of the same conversation, in a job or between jobs. */
  disordered: number;
  /** Batches that reached the bot while it was at another of the same conversation. */
  overlapping: number;
  /** Messages that a customer has had two replies to. */
  saidTwice: number;
  /** Batches that reached the bot, and whose answers were superseded. */
  superseded: number;
  jobs: number;
  /** I5, from the accounts in Redis; 0 where they balance. */
  balance: number;
  /** Messages left in the lists. */
  pending: number;
  /** Accepted, as the accounts have it. */
  accounted: number;
}

/** What came out of a conversation, batch by batch, in order. */
export type Batches = ReadonlyMap<string, readonly { texts: readonly string[] }[]>;

/** Where to look: at the queue under its prefix, and at the accounts under their keys, one for each partition. */
export interface Scene {
  redis: Redis | Cluster;
  prefix: string;
  counters: readonly string[];
}

/** The batches on a queue without a consumer. */
export async function batchesWaiting({ redis, prefix }: Scene): Promise<Batches> {
  const queue = watchedQueue(redis, prefix);
  const batches = new Map<string, { texts: string[] }[]>();
  for (const { data } of await queue.getJobs(['wait'], 0, -1, true)) {
    const texts = data.messages.map(({ text }) => text);
    batches.set(data.conversationId, [...(batches.get(data.conversationId) ?? []), { texts }]);
  }
  await queue.close();
  return batches;
}

/** A batch that the history keeps; its texts are the numbers in its messages' ids, which voice notes have too. */
export interface CommittedBatch {
  batchId: string;
  texts: string[];
  messages: StoredMessage[];
}

/** Every batch whose answer was committed, or that ended otherwise, in order: what the history keeps, by the customer's phone. */
export async function committedBatches(redis: Redis): Promise<Map<string, CommittedBatch[]>> {
  const batches = new Map<string, CommittedBatch[]>();
  for (const [, fields] of await redis.xrange('rapid-fire-history', '-', '+')) {
    const field = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
    const messages = JSON.parse(field('messages')) as StoredMessage[];
    const conversation = byPhone(field('conversation'));
    const texts = messages.map(numberOf);
    const batch = { batchId: field('batch'), texts, messages };
    batches.set(conversation, [...(batches.get(conversation) ?? []), batch]);
  }
  return batches;
}

/** The number of a customer's message. */
export function numberOf({ messageId }: StoredMessage): string {
  return messageId?.split('-').at(-1) ?? '';
}

/** How many messages are in two replies: the bot of a storm answers with the texts that it was given. */
export function saidTwice(heard: readonly Pick<Heard, 'body' | 'method'>[]): number {
  const replies = heard.filter(({ method }) => method === 'POST');
  const said = replies.flatMap(({ body }) => {
    const { chatId, text } = JSON.parse(body) as { chatId: string; text: string };
    return (text.match(/\d+/g) ?? []).map((each) => `${byPhone(chatId)} ${each}`);
  });
  return said.length - new Set(said).size;
}

/** Compares what was accepted with what came out, and with the accounts. */
export async function lookForDamage(
  scene: Scene,
  accepted: ReadonlyMap<string, number>,
  batches: Batches,
): Promise<Findings> {
  const findings: Findings = {
    ...{ accepted: 0, lost: 0, doubled: 0, disordered: 0, overlapping: 0, saidTwice: 0, superseded: 0 },
    ...{ jobs: [...batches.values()].reduce((sum, { length }) => sum + length, 0) },
    ...(await accountsOf(scene)),
  };
  for (const [conversation, count] of accepted) {
    const numbers = (batches.get(conversation) ?? []).flatMap(({ texts }) => texts.map(Number));
    compare(count, numbers, findings);
    findings.disordered += numbers.filter((n, i) => i > 0 && n < (numbers[i - 1] as number)).length;
  }
  return findings;
}

async function accountsOf({
  redis,
  counters,
}: Scene): Promise<Pick<Findings, 'pending' | 'accounted' | 'balance'>> {
  const accounts = await Promise.all(counters.map((key) => redis.hgetall(key)));
  const account = (name: string): number => accounts.reduce((sum, one) => sum + Number(one[name] ?? 0), 0);
  const histograms = await Promise.all(
    counters.map((key) => redis.hgetall(key.replace('counters', 'sizes'))),
  );
  const pending = histograms
    .flatMap((histogram) => Object.entries(histogram))
    .reduce((sum, [size, howMany]) => sum + Number(size) * Number(howMany), 0);
  const gone = ['delivered', 'cleared', 'revoked', 'erased', 'buried'].map(account);
  const balance = account('accepted') - gone.reduce((sum, messages) => sum + messages, pending);
  return { pending, accounted: account('accepted'), balance };
}

function compare(count: number, numbers: readonly number[], findings: Findings): void {
  const seen = new Set(numbers);
  findings.accepted += count;
  for (let n = 1; n <= count; n += 1) if (!seen.has(n)) findings.lost += 1;
  findings.doubled += numbers.length - seen.size;
}
