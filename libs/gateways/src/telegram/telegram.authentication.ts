import { checkPlainSecret } from '../authentication/plain-secret';
import type { AuthenticRequest } from '../authentication/request';
import type { Verdict } from '../authentication/verdict';

/** Checks `X-Telegram-Bot-Api-Secret-Token`: the secret itself, as `setWebhook` was given it. */
export function authenticateTelegram(request: AuthenticRequest, secrets: readonly string[]): Verdict {
  return checkPlainSecret(request, 'x-telegram-bot-api-secret-token', secrets);
}
