import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { SetupError } from '../setup/steps.mjs';

const REPLY_MS = 60_000;

/**
 * Starts a stand-in for the gateway that answers go to.
 *
 * @returns {Promise<{ env: Record<string, string>, reply: () => Promise<string>, stop: () => void }>}
 */
export async function startGateway() {
  const gateway = createServer();
  const replied = nextReply(gateway);
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  return {
    env: { VENOM_SENDER_URL: `http://127.0.0.1:${portOf(gateway)}/` },
    reply: () => Promise.race([replied, tooLate()]),
    stop: () => {
      gateway.closeAllConnections();
      gateway.close();
    },
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
