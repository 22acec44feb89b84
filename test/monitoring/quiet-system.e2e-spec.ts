import { AppProcess, driveAsShipped } from '../support/app-process';
import { eventually } from '../support/eventually';
import { Prometheus } from '../support/prometheus';
import { describeWithPrometheus } from '../support/prometheus-programs';
import { sendJson, StandIn } from '../support/stand-in';
import { BATCHED, System } from '../support/system';
import { configurationFor } from './operators-files';

driveAsShipped();

const THREE_MINUTES_MS = 180_000;
/** The bot, by what it is told. */
const ANSWERS: Record<string, [number, string, string]> = {
  hello: [200, 'application/json', '{"reply":"fine"}'],
  page: [200, 'text/html', '<h1>It works</h1>'],
  wrong: [400, 'text/plain', 'no'],
};

/** One message each, and the operators' own intervals: nothing here is busy, and nothing is hurried. */
describeWithPrometheus('on a system where hardly anybody writes', ({ prometheus: program }) => {
  let system: System;
  let worker: AppProcess;
  let bot: StandIn;
  let prometheus: Prometheus;
  let phones = 0;

  beforeAll(async () => {
    const env = { BATCH_TIMEOUT: '300' };
    system = await System.start({ env });
    bot = await StandIn.start();
    bot.answer = ({ body }, response) => {
      const { text } = JSON.parse(body) as { text: string };
      const [status, type, answer] = ANSWERS[text] ?? [200, 'application/json', '{}'];
      response.writeHead(status, { 'content-type': type }).end(answer);
    };
    worker = await AppProcess.start('worker', {
      ...env,
      REDIS_URL: system.server.url,
      BOT_URL: bot.url,
    });
    prometheus = await Prometheus.start(program, configurationFor(system, worker));
  });
  afterAll(async () => {
    await prometheus.stop();
    if (!worker.hasExited) await worker.terminate();
    await system.stop();
    await bot.stop();
  });

  async function write(message: string): Promise<void> {
    phones += 1;
    const phone = `7900600${String(phones).padStart(4, '0')}`;
    expect((await system.post(BATCHED, { phone, message })).status).toBe(200);
  }

  async function fires(...names: string[]): Promise<void> {
    const firing = async (): Promise<string[]> => {
      const alerts = await prometheus.alerts();
      return alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname ?? '');
    };
    await eventually(
      names.join(', '),
      firing,
      (found) => names.every((name) => found.includes(name)),
      THREE_MINUTES_MS,
    );
  }

  // One wait for a customer's batch more than the alerts have.
  jest.setTimeout(THREE_MINUTES_MS + 30_000);

  it('a reply without a sender, an answer that is none and a refusal are alerts within three minutes', async () => {
    for (const message of ['hello', 'page', 'wrong']) await write(message);
    await fires('RapidFireNoSender', 'RapidFireBotNotUnderstood', 'RapidFireDeliveriesGivenUp');
  });

  it('so is a bot that is away', async () => {
    await bot.goAway();
    await write('hello');
    await fires('RapidFireBotAway');
    await bot.comeBack();
    bot.answer = (_, response) => sendJson(response, 200, {});
  });

  it('so is a system without a worker', async () => {
    await worker.terminate();
    await write('hello');
    await fires('RapidFireNoWorker');
  });
});
