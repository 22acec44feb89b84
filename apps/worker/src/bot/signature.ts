import { Webhook } from 'standardwebhooks';

/**
 * The headers by which a bot knows that a call is ours and for which message: Standard Webhooks
 * (https://www.standardwebhooks.com). Every secret signs, so that the bot's may be replaced at any time.
 *
 * @param body the exact bytes that are sent.
 */
export function signatureHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  at: Date,
): Record<string, string> {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  };
}
