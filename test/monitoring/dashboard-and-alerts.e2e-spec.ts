import { AppProcess, driveAsShipped } from '../support/app-process';
import { eventually } from '../support/eventually';
import { type Alert, Prometheus } from '../support/prometheus';
import { describeWithPrometheus } from '../support/prometheus-programs';
import { sendJson, StandIn } from '../support/stand-in';
import { System } from '../support/system';
import { CustomersWriting } from './customers-writing';
import { configurationFor, readDashboard } from './operators-files';

driveAsShipped();

/** The first audit comes 30 s after the batcher; were it to fail, the next 30 s later. */
const EVERYTHING_SHOWN_MS = 120_000;
const DASHBOARD = readDashboard();

/** The operators' configuration with looks and judgements every 3 s. */
function hurried(files: Record<string, string>): Record<string, string> {
  return {
    'prometheus.yml': (files['prometheus.yml'] ?? '').replaceAll('interval: 15s', 'interval: 3s'),
    'alerts.yml': (files['alerts.yml'] ?? '').replace(/for: \w+$/gm, 'for: 1s'),
  };
}

/** What Grafana would send for an expression. */
function asSent(expression: string): string {
  return expression.replaceAll('$__rate_interval', '20s');
}

/** An alert's expression when all is well: its comparisons say 0 or 1, where they would leave nothing. */
function withoutThreshold(expression: string): string {
  return expression.replace(/ (==|!=|[<>]=?) /g, ' $1 bool ');
}

describeWithPrometheus('dashboard and alerts, on the applications themselves', ({ prometheus: program }) => {
  let system: System;
  let worker: AppProcess;
  let prometheus: Prometheus;
  let customers: CustomersWriting;
  let bot: StandIn;
  let gateway: StandIn;

  beforeAll(async () => {
    system = await System.start({ env: { BATCH_TIMEOUT: '300', BATCH_MAX_WAIT: '1000' } });
    [bot, gateway] = await Promise.all([StandIn.start(), StandIn.start()]);
    bot.answer = (_, response) => sendJson(response, 200, { reply: 'fine' });
    worker = await AppProcess.start('worker', {
      REDIS_URL: system.server.url,
      BOT_URL: bot.url,
      VENOM_SENDER_URL: gateway.url,
    });
    prometheus = await Prometheus.start(program, hurried(configurationFor(system, worker)));
    customers = new CustomersWriting(system);
    await eventually(
      'the first audit',
      () => prometheus.query('rapid_fire_audit_ok'),
      (found) => found.length > 0,
      EVERYTHING_SHOWN_MS,
    );
  });

  afterAll(async () => {
    await customers.stop();
    await prometheus.stop();
    await worker.terminate();
    await system.stop();
    await Promise.all([bot.stop(), gateway.stop()]);
  });

  /** The expressions that name a metric which does not exist, or have nothing to show. */
  async function unanswered(expressions: readonly string[]): Promise<string[]> {
    const known = new Set(await prometheus.metricNames());
    const answers = await Promise.all(
      expressions.map(async (expression) => {
        const unknown = [...expression.matchAll(/\brapid_fire_\w+/g)].filter(([name]) => !known.has(name));
        if (unknown.length > 0) return `${expression}: no metric ${unknown.join(', ')}`;
        const samples = await prometheus.query(expression);
        return samples.some(({ value }) => !Number.isNaN(value)) ? '' : `${expression}: nothing`;
      }),
    );
    return answers.filter((answer) => answer !== '');
  }

  /** On a busy machine a scrape or two may be late: what has nothing to show yet may have in a moment. */
  async function expectAnswers(expressions: readonly string[]): Promise<void> {
    await eventually(
      'an answer to each',
      () => unanswered(expressions),
      ({ length }) => length === 0,
    );
  }

  async function firing(name: string): Promise<Alert[]> {
    const alerts = await prometheus.alerts();
    return alerts.filter(({ state, labels }) => state === 'firing' && labels.alertname === name);
  }

  it('finds fault with an unknown metric and with an answer that is empty', async () => {
    await expectAnswers(['max(rapid_fire_redis_up)']);
    const faulty = [
      'rate(rapid_fire_nonsense_total[10s])',
      'rapid_fire_redis_up > 1',
      'max(rapid_fire_redis_up)',
    ];
    expect(await unanswered(faulty)).toEqual([
      expect.stringMatching(/no metric rapid_fire_nonsense_total$/),
      'rapid_fire_redis_up > 1: nothing',
    ]);
  });

  it('every panel has something to show', async () => {
    const expressions = DASHBOARD.panels.flatMap(({ targets = [] }) =>
      targets.map(({ expr }) => asSent(expr)),
    );
    expect(expressions.length).toBeGreaterThan(40);
    await expectAnswers(expressions);
  });

  it('every alert looks at something', async () => {
    const rules = await prometheus.alertRules();
    expect(rules.length).toBeGreaterThan(10);
    await expectAnswers(rules.map(({ query }) => withoutThreshold(query)));
  });

  it('a system without a batcher is an alert, and one with a batcher is none', async () => {
    expect(await firing('RapidFireNoBatcher')).toEqual([]);
    await system.batcher?.terminate();
    const alerts = await eventually(
      'the alert of both that are left',
      () => firing('RapidFireNoBatcher'),
      ({ length }) => length === 2,
    );
    expect(alerts.map(({ labels }) => labels.job).sort()).toEqual(['webhook', 'worker']);
    for (const { labels, annotations } of alerts) {
      expect(labels.severity).toBe('critical');
      expect(annotations.runbook).toBe('docs/operations.md#no-batcher-on-this-redis');
    }
    for (const { target } of DASHBOARD.annotations.list) {
      await eventually(
        target.expr,
        () => prometheus.query(target.expr),
        ({ length }) => length > 0,
      );
    }
  });
});
