import { AppProcess } from '../support/app-process';
import { describeStorm } from './report';
import { storm } from './storm';

const LONG = process.env.STORM === 'long';
const PLAN = {
  seed: Number(process.env.STORM_SEED ?? Date.now() % 1_000_000),
  customers: LONG ? 60 : 20,
  messages: Number(process.env.STORM_MESSAGES ?? (LONG ? 50_000 : 1_000)),
  strikes: Number(process.env.STORM_STRIKES ?? (LONG ? 80 : 10)),
};

describe('a crash storm', () => {
  it('loses, doubles, disorders and overlaps nothing, whatever is killed', async () => {
    const report = await storm(PLAN);
    process.stdout.write(`crash storm, STORM_SEED=${PLAN.seed}\n${describeStorm(report)}`);
    expect(report.findings.accepted).toBeGreaterThanOrEqual(PLAN.messages);
    expect(report.findings.accounted).toBe(report.findings.accepted);
    expect(report.findings).toMatchObject({
      ...{ lost: 0, doubled: 0, disordered: 0, overlapping: 0 },
      ...{ pending: 0, balance: 0 },
    });
  }, 1_800_000);

  it('answers each message once where messages supersede what is at the bot', async () => {
    const report = await storm({ ...PLAN, supersedes: true });
    process.stdout.write(`crash storm with superseding, STORM_SEED=${PLAN.seed}\n${describeStorm(report)}`);
    expect(report.findings.accounted).toBe(report.findings.accepted);
    expect(report.findings).toMatchObject({
      ...{ lost: 0, doubled: 0, disordered: 0, overlapping: 0, saidTwice: 0 },
      ...{ pending: 0, balance: 0 },
    });
    expect(report.findings.superseded).toBeGreaterThan(0);
  }, 1_800_000);

  it('answers each message once, or says why not, whatever operators and colleagues do meanwhile', async () => {
    const report = await storm({ ...PLAN, isSteered: true });
    process.stdout.write(`crash storm with operators, STORM_SEED=${PLAN.seed}\n${describeStorm(report)}`);
    expect(report.findings.accounted).toBe(report.findings.accepted);
    expect(report.findings).toMatchObject({
      ...{ lost: 0, doubled: 0, disordered: 0, saidTwice: 0 },
      ...{ pending: 0, balance: 0 },
    });
    expect(report.steered).toMatchObject({ silent: 0, misheard: 0, untold: 0 });
    expect(report.steered?.muted).toBeGreaterThan(0);
    expect(report.steered?.notes.get('made')).toBeGreaterThan(0);
  }, 1_800_000);

  it('is strong enough to bring down a store that reads and then deletes', async () => {
    const report = await storm({
      ...PLAN,
      messages: Math.min(PLAN.messages, 2_000),
      strikes: Math.min(PLAN.strikes, 10),
      startBatchers: async (env) => [await AppProcess.start('read-then-delete', env)],
    });
    process.stdout.write(
      `the same storm against a store that reads and then deletes\n${describeStorm(report)}`,
    );
    expect(report.findings.lost + report.findings.doubled).toBeGreaterThan(0);
  }, 900_000);
});
