import type { StoredMessage } from '@app/contracts';
import { contentTypeOf, VECTORS } from './gateway-samples';
import { PUBLIC_URL, secretOf, SECRETS, signed } from './gateway-signatures';
import type { Answer } from './http';
import { System, type SystemOptions } from './system';

/** One entry of the answer to a gateway. */
export interface Result {
  kind: string;
  outcome: string;
  conversationId: string | null;
  messageId: string | null;
  reason?: string;
}

/** Every gateway with its secret, and two accounts with a company. */
const GATEWAY_ENV = {
  ...SECRETS,
  PUBLIC_URL,
  META_APP_SECRET: [secretOf('meta'), ...new Set(VECTORS.meta.vectors.map(({ secret }) => secret))].join(','),
  GATEWAY_COMPANIES: 'meta:106540352242922=962302,waha:default=salon',
  MAX_BATCH_SIZE: '5',
  MAX_PENDING_PER_CONVERSATION: '5',
};

/** A running system as gateways see it. */
export class GatewayStage {
  private constructor(readonly system: System) {}

  static async start(options: SystemOptions = { batcher: false }): Promise<GatewayStage> {
    return new GatewayStage(await System.start({ ...options, env: { ...GATEWAY_ENV, ...options.env } }));
  }

  stop(): Promise<void> {
    return this.system.stop();
  }

  forgetAll(): Promise<unknown> {
    return this.system.redis.flushdb();
  }

  post(path: string, body: Buffer | string, headers: Record<string, string>): Promise<Answer> {
    return this.system.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
  }

  /** Posts as the gateway itself would, to its route. */
  postSigned(gateway: string, body: Buffer | string, path = `/webhook/${gateway}`): Promise<Answer> {
    const headers = { 'content-type': contentTypeOf(gateway), ...signed(gateway, body, path) };
    return this.post(path, body, headers);
  }

  async storedIn(conversationId: string | null): Promise<StoredMessage[]> {
    const list = await this.system.redis.lrange(`rapid-fire:${conversationId}`, 0, -1);
    return list.map((json) => JSON.parse(json) as StoredMessage);
  }

  /** The contents of our lists and streams, as text. */
  async contents(): Promise<unknown[]> {
    const { redis } = this.system;
    const lists = await Promise.all((await this.conversations()).map((key) => redis.lrange(key, 0, -1)));
    const streams = ['rapid-fire-history', 'rapid-fire-unreadable'];
    return [lists, await Promise.all(streams.map((key) => redis.xrange(key, '-', '+')))];
  }

  conversations(): Promise<string[]> {
    return this.system.redis.keys('rapid-fire:*');
  }
}

/** The entries of an answer; the calls for forwarders answer for one message without a list around it. */
export function resultsOf({ body }: Answer): Result[] {
  return (body.results ?? [body]) as Result[];
}
