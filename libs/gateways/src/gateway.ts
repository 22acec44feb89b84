import type { AuthenticRequest } from './authentication/request';
import type { Verdict } from './authentication/verdict';
import type { GatewayEvent } from './gateway-event';
import type { Handshake } from './handshake';
import type { Sender } from './sender';

/** The variables that gateways prove themselves with. */
export type SecretVariable = 'WEBHOOK_SECRET' | 'META_APP_SECRET' | 'WAHA_HMAC_KEY' | 'EVOLUTION_JWT_KEY';

/** Where a request shows what it proves itself with, in OpenAPI's words. */
export type SecurityScheme =
  | { readonly type: 'apiKey'; readonly in: 'header' | 'query'; readonly name: string }
  | { readonly type: 'http'; readonly scheme: 'bearer' | 'basic'; readonly bearerFormat?: string };

/** All that the applications know of a messenger gateway: its folder declares it, its line in `registry.ts` names it. */
export interface Gateway {
  /** In its route, in `source` of messages, in metrics and settings; never changed again. */
  readonly name: string;
  /** As people write it. */
  readonly title: string;
  /**
   * Where one id names one message: in the whole account, or in each chat anew. There an id is compared with those of
   * the same chat only, unless it was drawn at random, as all of WhatsApp's own are.
   */
  readonly messageIds: 'per-account' | 'per-chat';
  /** What it posts to besides `/webhook/<name>`: paths below that, as Express writes them. */
  readonly subPaths?: readonly string[];
  readonly handshake?: Handshake;
  /** The environment variable that holds its secrets. */
  readonly secretVariable: SecretVariable;
  readonly securityScheme: SecurityScheme;
  /** Checks the request by the gateway's own scheme against its secrets, of which there is at least one. */
  readonly authenticate: (request: AuthenticRequest, secrets: readonly string[], nowMs: number) => Verdict;
  /**
   * Reads a parsed payload, one event for each entry, in its order. Never throws, whatever the JSON, and takes
   * time in proportion to its length.
   */
  readonly read: (payload: unknown) => GatewayEvent[];
  /** How it is asked to say something; null where replies cannot be sent. */
  readonly sender: Sender | null;
}
