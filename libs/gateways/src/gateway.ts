import type { AuthenticRequest } from './authentication/request';
import type { Verdict } from './authentication/verdict';
import type { GatewayEvent } from './gateway-event';

/** The variables that gateways prove themselves with. */
export type SecretVariable = 'WEBHOOK_SECRET' | 'META_APP_SECRET' | 'WAHA_HMAC_KEY' | 'EVOLUTION_JWT_KEY';

/** What it takes to read a messenger gateway and to trust it. How replies are sent is its `Sender`'s. */
export interface Gateway {
  readonly name: string;
  /**
   * Where one id names one message: in the whole account, or in each chat anew. There an id is compared with those of
   * the same chat only, unless it was drawn at random, as all of WhatsApp's own are.
   */
  readonly messageIds: 'per-account' | 'per-chat';
  /** The environment variable that holds its secrets. */
  readonly secretVariable: SecretVariable;
  /**
   * Reads a parsed payload, one event for each entry, in its order. Never throws, whatever the JSON, and takes
   * time in proportion to its length.
   */
  readonly read: (payload: unknown) => GatewayEvent[];
  /** Checks the request by the gateway's own scheme against its secrets, of which there is at least one. */
  readonly authenticate: (request: AuthenticRequest, secrets: readonly string[], nowMs: number) => Verdict;
}
