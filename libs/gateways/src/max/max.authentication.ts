import { checkPlainSecret } from '../authentication/plain-secret';
import type { AuthenticRequest } from '../authentication/request';
import type { Verdict } from '../authentication/verdict';

/** Checks `X-Max-Bot-Api-Secret`: the secret itself, as the subscription was given it. */
export function authenticateMax(request: AuthenticRequest, secrets: readonly string[]): Verdict {
  return checkPlainSecret(request, 'x-max-bot-api-secret', secrets);
}
