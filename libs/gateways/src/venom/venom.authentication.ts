import { type AuthenticRequest, headerOf } from '../authentication/request';
import { checkSharedSecret } from '../authentication/shared-secret';
import type { Verdict } from '../authentication/verdict';
import { checkPredecessorSignature } from './predecessor-signature';

/** A forwarder sends the shared secret or, as with the predecessor, signs with it. */
export function authenticateForwarder(
  request: AuthenticRequest,
  secrets: readonly string[],
  nowMs: number,
): Verdict {
  return headerOf(request.headers, 'x-signature') === null
    ? checkSharedSecret(request.headers, secrets)
    : checkPredecessorSignature(request, secrets, nowMs);
}
