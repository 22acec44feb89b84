import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { inRoot, SetupError } from '../setup/steps.mjs';

const REPLY_MS = 60_000;

/**
 * Starts the example bot, and a stand-in for the gateway that its answer goes to.
 *
 * @param {import('./view.mjs').View} view hears what the bot says of the calls that it gets
 * @returns {Promise<{ env: Record<string, string>, reply: () => Promise<string>, stop: () => Promise<void> }>}
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

  const gateway = createServer();
  const replied = nextReply(gateway);
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const stop = async () => {
    child.kill();
    gateway.closeAllConnections();
    gateway.close();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  process.once('exit', () => child.kill());
  return {
    env: {
      BOT_SECRET,
      BOT_URL: `http://127.0.0.1:${first.split(' ').at(-1)}/`,
      VENOM_SENDER_URL: `http://127.0.0.1:${portOf(gateway)}/`,
    },
    reply: () => Promise.race([replied, tooLate()]),
    stop,
  };
}

function portOf(/** @type {import('node:http').Server} */ server) {
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}

/** @returns {Promise<string>} */
function nextReply(/** @type {import('node:http').Server} */ gateway) {
  return new Promise((resolve) => {
    gateway.on('request', (request, response) => {
      json(request).then(
        (body) => {
          const { text } = /** @type {{ text: string }} */ (body);
          response.writeHead(200).end();
          resolve(text);
        },
        // Not the worker's, or broken off.
        () => response.destroy(),
      );
    });
  });
}

/** @returns {Promise<never>} */
async function tooLate() {
  await pause(REPLY_MS, undefined, { ref: false });
  throw new SetupError('The bot’s answer has not come to the gateway.');
}
