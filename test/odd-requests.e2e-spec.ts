import { connect } from 'node:net';
import { STUCK_MS } from './support/eventually';
import { SECRETS, predecessorHeaders } from './support/gateway-signatures';
import { GatewayStage } from './support/gateway-stage';
import { BATCHED, DIRECT } from './support/system';

const PRESENCE = '/webhook/whatsapp/presence';
const JSON_TYPE = 'content-type: application/json\r\n';
const deep = (open: string, close: string): string => `${open.repeat(50_000)}1${close.repeat(50_000)}`;

describe('requests that are not sent on purpose', () => {
  let stage: GatewayStage;
  beforeAll(async () => {
    stage = await GatewayStage.start();
  });
  afterAll(() => stage.stop());

  /** Sends a request as it stands; its status. */
  function raw(line: string, headers: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(stage.system.webhook.url).port), '127.0.0.1');
      const timer = setTimeout(() => reject(new Error(`no answer to ${line}`)), STUCK_MS);
      socket.once('data', (answer: Buffer) => {
        clearTimeout(timer);
        socket.destroy();
        resolve(Number(answer.toString().split(' ')[1]));
      });
      socket.on('error', reject);
      socket.write(
        `${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}content-length: 2\r\n\r\n{}`,
      );
    });
  }

  it.each([
    ...[
      '/webhook',
      '//webhook/whatsapp',
      '/webhook/whatsapp/',
      '/Webhook/WhatsApp/Batched',
      '/webhook/%',
      '*',
    ],
    ...['/webhook/evolution/%E0%A4%A', '/webhook/evolution/%00'],
    ...[
      '/webhook/constructor',
      '/webhook/\\',
      '/webhook/whatsapp/batched?x=%',
      '/webhook/meta?%',
      'http://x/webhook',
    ],
    ...[
      '/webhook/meta?hub.mode=subscribe&hub.mode=x&hub.verify_token=a&hub.challenge=1',
      '/webhook/meta?__proto__=1',
    ],
  ])('to %s are no fault of ours', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      for (const headers of ['', `${JSON_TYPE}x-webhook-secret: ${SECRETS.WEBHOOK_SECRET}\r\n`])
        expect(await raw(`${method} ${path}`, headers)).toBeLessThan(500);
    }
  });

  it.each([
    ...['content-type: application/json; charset="', 'content-type: application/json;;;', 'content-type: '],
    ...[
      'content-encoding: gzip, gzip',
      'content-encoding: ',
      'expect: x',
      'upgrade: websocket',
      'authorization: Bearer',
    ],
    ...['authorization: Basic %%%', 'x-signature: a\r\nx-timestamp: 1', 'x-forwarded-for: ,,,', 'origin: x'],
  ])('with the header %s are no fault of ours', async (header) => {
    const type = header.startsWith('content-type') ? '' : JSON_TYPE;
    const secret = `x-webhook-secret: ${SECRETS.WEBHOOK_SECRET}\r\n`;
    for (const path of [BATCHED, '/webhook/venom', '/webhook/meta'])
      expect(await raw(`POST ${path}`, `${type}${secret}${header}\r\n`)).toBeLessThan(500);
  });

  it.each([
    ['brackets', deep('[', ']')],
    ['objects', deep('{"a":', '}')],
    ['metadata', `{"phone":"79001234567","message":"a","metadata":${deep('{"a":', '}')}}`],
    ['payloads', `{"event":"message","payload":${deep('{"message":', '}')}}`],
    [
      'a message in messages',
      `{"event":"messages.upsert","data":{"message":${deep('{"m":{"message":', '}}')}}}`,
    ],
    [
      'Meta’s parts',
      `{"messages":[{"from":"79001234567","id":"x","type":"text","text":${deep('{"body":', '}')}}]}`,
    ],
    [
      'halves of characters',
      '{"messages":[{"id":"\\ud800","from":"79001234567","body":"\\ud800\\u0000"}],"session":"\\ud800"}',
    ],
  ])('of %s without end are no fault of ours', async (_, body) => {
    for (const path of ['/replies/b-1', '/admin/conversations/79001234567/commit', '/admin/simulator'])
      expect((await stage.post(path, body, {})).status).toBeLessThan(500);
    for (const gateway of ['meta', 'waha', 'evolution', 'venom'])
      expect((await stage.postSigned(gateway, body)).status).toBe(200);
    for (const path of [BATCHED, DIRECT, PRESENCE]) {
      const signed = predecessorHeaders(path, body, Date.now());
      expect((await stage.post(path, body, signed)).status).toBeLessThan(500);
      expect(
        (await stage.post(path, body, { 'x-webhook-secret': SECRETS.WEBHOOK_SECRET })).status,
      ).toBeLessThan(500);
    }
  });
});
