import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { AppProcess } from '../support/app-process';
import { RedisServer } from '../support/redis-server';
import { sendJson, StandIn } from '../support/stand-in';
import { ThinkingBot } from '../support/thinking-bot';
import { Customers, type Sent } from './customers';
import { batchesWaiting, committedBatches, type Findings, lookForDamage, saidTwice } from './findings';
import { Random } from './random';
import { type Damage, Saboteur, type Victim } from './saboteur';
import { Staff } from './staff';
import { standInVictim } from './stand-in-victim';
import { lookAtSteered, type SteeredFindings } from './steered';
import { fileOf, startTranscriber } from './transcriber';

export interface StormPlan {
  seed: number;
  customers: number;
  /** At least so many messages, and for as long as the kills last. */
  messages: number;
  strikes: number;
  /** Starts another program that hands batches off, whose queue has no consumer; by default two batchers and two workers of ours. */
  startBatchers?: (env: Record<string, string>) => Promise<AppProcess[]>;
  /** True: messages supersede drafts, whose calls begin early; customers pause more often. */
  supersedes?: boolean;
  /** True: customers speak too, and operators and colleagues act on the conversations. */
  isSteered?: boolean;
}

export interface StormReport {
  sent: Sent;
  damage: Damage;
  findings: Findings;
  /** Null: nobody but customers acted. */
  steered: (SteeredFindings & { acts: ReadonlyMap<string, number> }) | null;
  seconds: number;
}

const LEASE_S = 3;
const DRAIN_MS = 120_000;
const THINK_MS = 150;

/** Windows and leases so short that every crash point is met often; everything else as in production. */
function environment(redisUrl: string): Record<string, string> {
  return {
    REDIS_URL: redisUrl,
    BATCH_TIMEOUT: '300',
    BATCH_MAX_WAIT: '1500',
    MAX_BATCH_SIZE: '5',
    CLAIM_LEASE: String(LEASE_S),
    LOG_LEVEL: 'warn',
  };
}

/** The history keeps every batch. */
const REMEMBERING = { HISTORY_MAX: '1000000', HISTORY_BYTES: '1gb' };
/** A draft is begun at once, and superseded by most of what comes while the bot thinks. */
const SUPERSEDING = { BUSY_POLICY: 'supersede', PREEMPTIVE_START: '60', MAX_BATCH_SIZE: '12' };
/** Waits so short that each of them ends by itself, too. */
const STEERED = {
  BATCH_MAX_WAIT: '6000',
  TRANSCRIBE_TIMEOUT: '4000',
  ON_HUMAN_REPLY: 'hold',
  HUMAN_REPLY_HOLD: '1',
  BOT_RETRY_DELAY: '100',
};
const PAUSES = { rare: 0.2, often: 0.7 };

/**
 * Two webhooks, two batchers, two workers and a Redis that writes through, under load, while someone kills and freezes
 * them, and a bot that takes its time.
 */
export async function storm(plan: StormPlan): Promise<StormReport> {
  const began = performance.now();
  const random = new Random(plan.seed);
  const redis = await RedisServer.start({ appendonly: true });
  const standIn = await StandIn.start();
  const bot = new ThinkingBot(standIn, () => pause(random.between(0, THINK_MS)));
  const gateway = await StandIn.start();
  gateway.answer = ({ method, path }, response) =>
    method === 'GET' ? response.end(fileOf(path)) : sendJson(response, 200, {});
  const transcriber = plan.isSteered ? await startTranscriber(random) : null;
  const env = {
    ...environment(redis.url),
    BOT_URL: standIn.url,
    VENOM_SENDER_URL: gateway.url,
    ...((plan.supersedes || plan.isSteered) && REMEMBERING),
    ...(plan.supersedes && SUPERSEDING),
    ...(transcriber && { ...STEERED, TRANSCRIBE_URL: `${transcriber.url}/v1/audio/transcriptions` }),
  };
  const webhooks = await Promise.all([AppProcess.start('webhook', env), AppProcess.start('webhook', env)]);
  const batchers = plan.startBatchers
    ? await plan.startBatchers(env)
    : await Promise.all(
        (['batcher', 'batcher', 'worker', 'worker'] as const).map((name) => AppProcess.start(name, env)),
      );
  const processes = [...webhooks, ...batchers];
  const victims = [
    ...processes.map((app, i) => asVictim(`${app.name} ${(i % 2) + 1}`, app)),
    redisVictim(redis),
    ...(transcriber ? [standInVictim('transcriber', transcriber), standInVictim('bot', standIn)] : []),
  ];
  const saboteur = new Saboteur(victims, random, LEASE_S * 1_500);
  const customers = new Customers(
    webhooks.map(({ url }) => url),
    random,
    plan.supersedes || plan.isSteered ? PAUSES.often : PAUSES.rare,
    plan.isSteered ? gateway.url : null,
  );
  const staff = new Staff(
    webhooks.map(({ url }) => url),
    customers,
    random,
  );

  let strikesLeft = true;
  const striking = saboteur.strike(plan.strikes).finally(() => (strikesLeft = false));
  const isOver = (): boolean => !strikesLeft && customers.totalAccepted >= plan.messages;
  const writing = customers.write(plan.customers, isOver);
  await Promise.all([writing, striking, plan.isSteered && staff.act(isOver)]);
  if (plan.isSteered) await staff.leave();
  const isConsumed = plan.startBatchers === undefined;
  await drained(redis.url, isConsumed);
  const client = new Redis(redis.url);
  const scene = { redis: client, prefix: 'bull', counters: ['rapid-fire-counters'] };
  const committed = plan.supersedes || plan.isSteered ? await committedBatches(client) : null;
  const batches = committed ?? (isConsumed ? bot.thoughts : await batchesWaiting(scene));
  const findings = await lookForDamage(scene, customers.sent.accepted, batches);
  const heard = { said: staff.said, calls: standIn.heard };
  const steered =
    plan.isSteered && committed
      ? Object.assign(await lookAtSteered(client, committed, heard), { acts: staff.acts })
      : null;
  client.disconnect();
  const ids = committed && new Set([...committed.values()].flat().map(({ batchId }) => batchId));
  findings.overlapping = bot.overlapsAmong(ids);
  findings.saidTwice = saidTwice(gateway.heard);
  findings.superseded = ids ? bot.others(ids) : 0;

  await Promise.all(processes.map((app) => app.terminate()));
  await Promise.all([redis.stop(), standIn.stop(), gateway.stop(), transcriber?.stop()]);
  const seconds = Math.round((performance.now() - began) / 1000);
  return { sent: customers.sent, damage: saboteur.damage, findings, steered, seconds };
}

function asVictim(name: string, app: AppProcess): Victim {
  return {
    name,
    kill: () => app.kill(),
    restart: () => app.restart(),
    freeze: () => app.signal('SIGSTOP'),
    thaw: () => app.signal('SIGCONT'),
  };
}

function redisVictim(redis: RedisServer): Victim {
  return {
    name: 'redis',
    kill: () => redis.kill(),
    restart: () => redis.restart(),
    freeze: () => redis.pause(),
    thaw: () => redis.resume(),
  };
}

/** Resolves when nothing is pending any more, or when what is should long have been handed off and consumed. */
async function drained(redisUrl: string, isConsumed: boolean): Promise<void> {
  const redis = new Redis(redisUrl);
  const deadline = performance.now() + DRAIN_MS;
  const left = async (): Promise<number> => {
    // In one step: what leaves the one for the other between two looks would be in neither.
    const replies = await redis
      .multi()
      .keys('rapid-fire:*')
      .llen('bull:messages:wait')
      .llen('bull:messages:active')
      .zcard('bull:messages:delayed')
      .exec();
    const [pending, ...jobs] = (replies ?? []).map(([, reply]) => reply) as [string[], ...number[]];
    const unconsumed = isConsumed ? jobs.reduce((sum, count) => sum + count, 0) : 0;
    return pending.length + unconsumed;
  };
  while (performance.now() < deadline && (await left()) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  redis.disconnect();
}
