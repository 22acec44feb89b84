import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { buildAssistant } from '../setup/assistant.mjs';
import { freePort } from '../setup/free-port.mjs';
import { inRoot } from '../setup/steps.mjs';
import { startGateway } from './gateway.mjs';

/**
 * Prepares the assistant, with stand-ins for its model, for the salon, and for the gateway that its answer goes to.
 *
 * @returns {Promise<import('./bot.mjs').DemoBot>}
 */
export async function startAssistant() {
  await buildAssistant();
  const [model, salon, gateway] = await Promise.all([
    startStandIn('model', { THINK_MS: '1500' }),
    startStandIn('yclients'),
    startGateway(),
  ]);
  return {
    env: {
      AI_URL: `${model.url}/v1`,
      AI_MODEL: 'stand-in',
      AI_TIME_ZONE: 'Europe/Moscow',
      // What comes while the model thinks changes the answer, in place of making a second one.
      BUSY_POLICY: 'supersede',
      ASSISTANT_PORT: String(await freePort()),
      YCLIENTS_URL: `${salon.url}/api/v1`,
      YCLIENTS_PARTNER_TOKEN: 'stand-in',
      YCLIENTS_USER_TOKEN: 'stand-in',
      YCLIENTS_COMPANY_ID: '962302',
      ...gateway.env,
    },
    reply: gateway.reply,
    thinks: () => thinks(model.url),
    booked: () => inTheCalendar(salon.url),
    stop: async () => {
      gateway.stop();
      await Promise.all([model.stop(), salon.stop()]);
    },
  };
}

async function startStandIn(/** @type {string} */ name, /** @type {Record<string, string>} */ env = {}) {
  const child = spawn(process.execPath, [inRoot('scripts', 'demo', 'stand-ins', `${name}.mjs`)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  process.once('exit', () => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    url: `http://127.0.0.1:${line.split(' ').at(-1)}`,
    stop: async () => {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** True once the model has been asked. */
async function thinks(/** @type {string} */ url) {
  const response = await fetch(`${url}/stand-in`);
  const { calls } = /** @type {{ calls: object[] }} */ (await response.json());
  return calls.length > 0;
}

async function inTheCalendar(/** @type {string} */ url) {
  const response = await fetch(`${url}/stand-in`);
  const { records } = /** @type {{ records: { staff_id: number, datetime: string }[] }} */ (
    await response.json()
  );
  const bookings = records.map(
    ({ staff_id, datetime }) => `${datetime.slice(0, 16).replace('T', ' ')}, staff_id ${staff_id}`,
  );
  return `in the salon's calendar: ${bookings.join('; ') || 'nothing'}`;
}
