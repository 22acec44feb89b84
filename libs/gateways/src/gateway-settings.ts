import type { SettingsGroup } from '@app/config';

/** Where a gateway takes what the business says, and by what it knows us. */
export interface SenderSettings {
  readonly url: string;
  /** Where it takes what shows that the business types, if not at `url`. */
  readonly typingUrl?: string;
  readonly token: string | null;
}

/** What a gateway's own variables say. */
export interface GatewaySettings {
  /** Left out where the gateway has no secret but `WEBHOOK_SECRET`. Empty: `WEBHOOK_SECRET` stands in, by its own scheme. */
  readonly secrets?: readonly string[];
  /** Any of which its handshake must show. */
  readonly handshakeTokens?: readonly string[];
  /** Null: its replies are logged. */
  readonly sender: SenderSettings | null;
}

/** The variables of one gateway, declared in its folder. */
export type GatewaySettingsGroup = SettingsGroup<string, never, GatewaySettings>;

/** What becomes of replies without a sender: the variable that makes one says so where it is left out. */
export const WITHOUT_SENDER = 'replies are logged';

const NOT_SHOWN = 'cannot show';

/** What stands in for a secret of the gateway's own though its posts cannot show it: the variable of the secret says so. */
export function notShownBy(poster: string): string {
  return `\`WEBHOOK_SECRET\`, which ${poster} ${NOT_SHOWN}`;
}

/** True of what `notShownBy` has said. */
export function isNotShown(otherwise: string | undefined): boolean {
  return otherwise?.endsWith(NOT_SHOWN) === true;
}

/** A token that a sender shows. */
export const TOKEN = { shape: /^\S+$/, expected: 'free of spaces' };

/** The sender that an address and a token make; null without an address. */
export function senderOf(url: string | undefined, token: string | undefined): SenderSettings | null {
  return url === undefined ? null : { url, token: token ?? null };
}
