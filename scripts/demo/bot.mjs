import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inRoot } from '../setup/steps.mjs';
import { startGateway } from './gateway.mjs';

/**
 * @typedef {object} DemoBot
 * @property {Record<string, string>} env of the system that calls it
 * @property {() => Promise<string>} reply resolves with what came to the gateway
 * @property {() => Promise<void>} stop
 * @property {() => Promise<string>} [booked] what the salon's calendar says then
 * @property {() => Promise<boolean>} [thinks] true once it works on an answer: then the customer writes once more
 */

/**
 * Starts the example bot, and a stand-in for the gateway that its answer goes to.
 *
 * @param {import('./view.mjs').View} view hears what the bot says of the calls that it gets
 * @returns {Promise<DemoBot>}
 */
export async function startBot(view) {
  const BOT_SECRET = `whsec_${randomBytes(32).toString('base64')}`;
  const child = spawn(process.execPath, [inRoot('examples', 'echo-bot', 'bot.mjs')], {
    env: { PATH: process.env.PATH, BOT_SECRET, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout });
  const [first] = await once(lines, 'line');
  lines.on('line', (line) => view.bot(line));

  const gateway = await startGateway();
  const stop = async () => {
    child.kill();
    gateway.stop();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  process.once('exit', () => child.kill());
  return {
    env: {
      BOT_SECRET,
      BOT_URL: `http://127.0.0.1:${first.split(' ').at(-1)}/`,
      ...gateway.env,
    },
    reply: gateway.reply,
    stop,
  };
}
