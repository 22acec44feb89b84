import type { Gateway } from '../gateway';
import type { AuthenticRequest } from './request';
import { checkSharedSecret } from './shared-secret';
import type { Verdict } from './verdict';

/** The secrets configured for one gateway. */
export interface GatewaySecrets {
  /** Of the variable that the gateway names; empty if it is not set. */
  readonly own: readonly string[];
  /** Of `WEBHOOK_SECRET`. */
  readonly shared: readonly string[];
}

/**
 * Decides whether a request is accepted.
 *
 * A gateway with its own secret must use its own scheme, and no other is accepted; one without falls back
 * to the shared secret. If neither is configured every request is accepted, and the verdict says so.
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
