import { eventually, pause } from '../support/eventually';
import type { RedisCluster } from '../support/redis-cluster';
import { clusterStorm, type ClusterStormReport, countersOf, QUEUE_KEY } from './cluster-storm';

const LONG = process.env.STORM === 'long';
const CUSTOMERS = LONG ? 40 : 15;
const MESSAGES = LONG ? 20_000 : 1_000;
const ROUNDS = LONG ? 6 : 1;
const MOVED_SLOTS = LONG ? 32 : 6;

const NO_DAMAGE = { lost: 0, doubled: 0, disordered: 0, pending: 0, balance: 0 };
const FAULTS = /CROSSSLOT|same slot|do not hash|non local key|"level":50/;

describe('a cluster under load', () => {
  it('loses nothing that was acknowledged when masters are killed, with REDIS_MIN_REPLICAS=1', async () => {
    const report = await clusterStorm({
      customers: CUSTOMERS,
      messages: MESSAGES,
      env: { REDIS_MIN_REPLICAS: '1' },
      strike: async (cluster) => {
        for (let round = 0; round < ROUNDS; round += 1) {
          // The queue's first, for it is everybody's; then those of one partition after the other.
          await strike(cluster, round === 0 ? QUEUE_KEY : countersOf(round));
          await pause(1_000);
          await cluster.reviveAll();
        }
      },
    });
    describeReport('masters killed', report);
    expect(report.findings).toMatchObject(NO_DAMAGE);
    expect(report.findings.accepted).toBeGreaterThanOrEqual(MESSAGES);
    expect(report.sent.retries).toBeGreaterThan(0);
    expect(report.log).not.toMatch(FAULTS);
  }, 900_000);

  it('would lose some without it', async () => {
    const report = await clusterStorm({
      customers: CUSTOMERS,
      messages: MESSAGES,
      // What is lost is what no batcher has come by yet: it must have some.
      env: { BATCH_TIMEOUT: '5000', BATCH_MAX_WAIT: '8000', MAX_BATCH_SIZE: '1000' },
      strike: (cluster, { accepted }) =>
        strike(cluster, countersOf(0), async () => {
          const before = new Map(accepted);
          await eventually(
            'more of everybody',
            () => Promise.resolve([...accepted]),
            (now) => now.every(([customer, count]) => count > (before.get(customer) ?? 0) + 1),
          );
        }),
    });
    describeReport('masters killed, without waiting for replicas', report);
    expect(report.findings.lost).toBeGreaterThan(0);
  }, 900_000);

  it('loses and doubles nothing while slots move from master to master', async () => {
    const report = await clusterStorm({
      customers: CUSTOMERS,
      messages: MESSAGES,
      nodeTimeoutMs: 60_000,
      strike: async (cluster) => {
        for (let i = 0; i < MOVED_SLOTS; i += 1) {
          await pause(200);
          const key = i === MOVED_SLOTS - 1 ? QUEUE_KEY : countersOf(i);
          const [from, masters] = [await cluster.masterOf(key), await cluster.masters()];
          const to = masters[(masters.indexOf(from) + 1) % masters.length];
          if (to) await cluster.moveSlot(await cluster.slotOf(key), from, to);
        }
      },
    });
    describeReport('slots moved', report);
    expect(report.findings).toMatchObject(NO_DAMAGE);
    expect(report.findings.accounted).toBe(report.findings.accepted);
    expect(report.log).not.toMatch(FAULTS);
  }, 900_000);
});

/** Kills the master of a key when its replica has long heard nothing of it. */
async function strike(
  cluster: RedisCluster,
  key: string,
  meanwhile: () => Promise<void> = () => pause(700),
): Promise<void> {
  await pause(1_500);
  const master = await cluster.masterOf(key);
  await cluster.cutOff(master);
  await meanwhile();
  await cluster.killMaster(master);
}

function describeReport(what: string, { sent, findings, seconds }: ClusterStormReport): void {
  const refusals = [...sent.refusals].map(([status, times]) => `${times} × ${status || 'no answer'}`);
  process.stdout.write(
    `cluster, ${what}: ${findings.accepted} accepted, ${findings.lost} lost, ${findings.doubled} doubled, ` +
      `${findings.disordered} out of order, balance ${findings.balance}; ${findings.jobs} jobs in ${seconds} s; ` +
      `${sent.retries} posts sent again (${refusals.join(', ') || 'none'}), ` +
      `slowest 503: ${Math.round(sent.slowestRefusalMs)} ms\n`,
  );
}
