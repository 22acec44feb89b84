import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * @typedef {object} Call
 * @property {string} method
 * @property {URL} url
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {any} body the JSON of the body; null without one
 * @property {import('node:http').ServerResponse} response
 */

/** What a stand-in refuses, with the status and the body that the product would answer with. */
export class Refused extends Error {
  constructor(/** @type {number} */ status, /** @type {object} */ body) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
  }
}

/**
 * Serves JSON on `PORT`, or on any free port, and prints `listening on PORT`.
 *
 * @param {(call: Call) => Promise<{ status?: number, body?: object | null }>} answer
 */
export async function serve(answer) {
  const server = createServer((request, response) => {
    respond(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });

  async function respond(
    /** @type {import('node:http').IncomingMessage} */ request,
    /** @type {import('node:http').ServerResponse} */ response,
  ) {
    const sent = await text(request);
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const { method = 'GET', headers } = request;
    try {
      const body = sent === '' ? null : JSON.parse(sent);
      const { status = 200, body: said = null } = await answer({ method, url, headers, body, response });
      if (response.destroyed) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(said === null ? undefined : JSON.stringify(said));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      response.writeHead(error.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(error.body));
    }
  }

  server.listen(Number(process.env.PORT ?? '0'), '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`listening on ${port}`);
}
