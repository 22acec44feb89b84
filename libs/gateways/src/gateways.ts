import { type CustomerFile, type FileWay, openFile } from './files';
import type { Gateway } from './gateway';
import { isNotShown, type SenderSettings, WITHOUT_SENDER } from './gateway-settings';
import * as registered from './registry';
import type { Sender } from './sender';

/** Every gateway, by name, for each compiler gives the exports of a module in an order of its own. */
export const GATEWAYS: readonly Gateway[] = Object.values<Gateway>(registered).toSorted((one, other) =>
  one.name < other.name ? -1 : 1,
);

/** Where the companies file has the token of an account: its variable says so. */
const TOKEN_PLACE = 'accounts.token';

const BY_NAME: ReadonlyMap<string, Gateway> = new Map(GATEWAYS.map((gateway) => [gateway.name, gateway]));

/** The names, for configuration, metrics and tests. */
export const GATEWAY_NAMES: readonly string[] = [...BY_NAME.keys()];

/** The gateway of that name; null if there is none. */
export function gatewayNamed(name: string): Gateway | null {
  return BY_NAME.get(name) ?? null;
}

/** The gateway whose sender answers messages of this source; null if there is none. */
export function answering(source: string): { readonly name: string; readonly sender: Sender } | null {
  // Forwarders for the predecessor post to the plain route, and forward from Venom.
  const gateway = gatewayNamed(source === 'generic' ? registered.venom.name : source);
  return gateway?.sender ? { name: gateway.name, sender: gateway.sender } : null;
}

/** True if one id in two chats is two messages; the plain calls allow for that, because forwarders may run any code. */
export function idsPerChat(gateway: string): boolean {
  return gatewayNamed(gateway)?.messageIds !== 'per-account';
}

/** The way to the file of a message; null if there is none. The sender's settings are those of its gateway's account. */
export function wayToFile(
  file: CustomerFile & { readonly source: { readonly gateway: string } },
  sender: SenderSettings | null,
): FileWay | null {
  return (gatewayNamed(file.source.gateway)?.files ?? openFile)(file, sender);
}

/** The variable without which replies to messages of this source are logged; null if they cannot be sent at all. */
export function senderVariableOf(source: string): string | null {
  const { settings } = gatewayNamed(answering(source)?.name ?? '') ?? {};
  return settings?.variables.find(({ otherwise }) => otherwise === WITHOUT_SENDER)?.name ?? null;
}

/** The variable of the token that the gateway's sender shows; null if it has none. */
export function tokenVariableOf(gateway: string): string | null {
  const { settings } = gatewayNamed(gateway) ?? {};
  return settings?.variables.find(({ company }) => company === TOKEN_PLACE)?.name ?? null;
}

/** True if its posts cannot show `WEBHOOK_SECRET`: where only that is set, it is shut out. */
export function needsOwnSecret({ settings, secretVariable }: Gateway): boolean {
  return isNotShown(settings?.variables.find(({ name }) => name === secretVariable)?.otherwise);
}
