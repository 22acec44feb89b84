import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** @typedef {{ left: Promise<number>, answer: () => void }} Call `left`: when its connection was closed */

/** An OpenAI-compatible server whose calls last until they are told to end. */
export class Model {
  #server = createServer();
  /** @type {((call: Call) => void)[]} */
  #waiting = [];

  static async start() {
    const model = new Model();
    model.#server.on('request', (request, response) => void model.#hear(request, response));
    model.#server.listen(0, '127.0.0.1');
    await once(model.#server, 'listening');
    return model;
  }

  get url() {
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${port}`;
  }

  /** @returns {Promise<Call>} */
  nextCall() {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #hear(request, response) {
    const left = once(response, 'close').then(() => performance.now());
    await json(request);
    const message = { role: 'assistant', content: 'Hello' };
    const body = { id: '1', object: 'chat.completion', created: 1, model: 'stand-in' };
    const answer = JSON.stringify({ ...body, choices: [{ index: 0, message, finish_reason: 'stop' }] });
    this.#waiting.shift()?.({
      left,
      answer: () => void response.setHeader('content-type', 'application/json').end(answer),
    });
  }
}
