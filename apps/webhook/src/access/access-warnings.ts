import { type Gateway, GATEWAYS, needsOwnSecret } from '@app/gateways';
import type { Settings } from '@app/settings';

/** Who gets in without a secret, and who is shut out for want of one: a line each, for the start. */
export function accessWarnings(settings: Pick<Settings, 'http' | 'byGateway' | 'companies'>): string[] {
  const { webhookSecrets, adminKeys } = settings.http;
  const isOpen = webhookSecrets.length === 0;
  return [
    ...(isOpen ? ['WEBHOOK_SECRET is not set: anyone who reaches this port can post messages'] : []),
    ...(adminKeys.length === 0
      ? ['ADMIN_API_KEY is not set: anyone who reaches this port can see and clear batches']
      : []),
    ...(isOpen ? [] : GATEWAYS.filter((gateway) => isShutOut(gateway, settings)).map(shutOut)),
  ];
}

/** A gateway that is set up to send, or to be shaken hands with, is meant to get in. */
function isShutOut(
  gateway: Gateway,
  { byGateway, companies }: Pick<Settings, 'byGateway' | 'companies'>,
): boolean {
  const { secrets, handshakeTokens = [] } = byGateway[gateway.name] ?? {};
  if (secrets === undefined || secrets.length > 0) return false;
  // Whoever asks for the token is Meta itself, which shows no header of ours.
  if (handshakeTokens.length > 0) return true;
  return needsOwnSecret(gateway) && companies.sendsThrough(gateway.name);
}

function shutOut({ name, title, secretVariable, refusals }: Gateway): string {
  return `${secretVariable} is not set: whatever ${title} posts is refused with ${refusals?.unproven ?? 401}, because it cannot show WEBHOOK_SECRET. Set ${secretVariable}, see docs/gateways/${name}.md`;
}
