import { type AuthenticRequest, headerOf } from '../authentication/request';
import { anySecret, isSame } from '../authentication/secrets';
import { refused, type Verdict } from '../authentication/verdict';

/** Checks `X-Telegram-Bot-Api-Secret-Token`: the secret itself, as `setWebhook` was given it. The body is not signed. */
export function authenticateTelegram({ headers }: AuthenticRequest, secrets: readonly string[]): Verdict {
  const presented = headerOf(headers, 'x-telegram-bot-api-secret-token');
  if (presented === null) return refused('missing');
  return anySecret(secrets, (secret) => isSame(presented, secret))
    ? { accepted: true, by: 'token' }
    : refused('mismatch');
}
