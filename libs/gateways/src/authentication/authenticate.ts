import type { Gateway } from '../gateway';
import type { AuthenticRequest } from './request';
import { checkSharedSecret } from './shared-secret';
import type { Verdict } from './verdict';

/** What is configured for one gateway. */
export interface GatewaySecrets {
  /** Of the variable that the gateway names; empty where it is not set. */
  readonly own: readonly string[];
  /** Of `WEBHOOK_SECRET`. */
  readonly shared: readonly string[];
}

/**
 * Decides whether a request may come in.
 *
 * A gateway with a secret of its own is held to its own scheme, and nothing else will do; one without falls back
 * to the shared secret. Where neither is configured the door is open, and the verdict says so.
 */
export function authenticate(
  gateway: Pick<Gateway, 'authenticate'>,
  request: AuthenticRequest,
  secrets: GatewaySecrets,
  nowMs: number,
): Verdict {
  if (secrets.own.length > 0) return gateway.authenticate(request, secrets.own, nowMs);
  if (secrets.shared.length > 0) return checkSharedSecret(request.headers, secrets.shared);
  return { accepted: true, by: 'open' };
}
