import type { AuthenticRequest } from './authentication/request';
import type { Verdict } from './authentication/verdict';
import type { Files } from './files';
import type { GatewayEvent } from './gateway-event';
import type { GatewaySettingsGroup } from './gateway-settings';
import type { Handshake } from './handshake';
import type { Sender } from './sender';

/** Where a request carries its proof of origin, in OpenAPI's terms. */
export type SecurityScheme =
  | { readonly type: 'apiKey'; readonly in: 'header' | 'query'; readonly name: string }
  | { readonly type: 'http'; readonly scheme: 'bearer' | 'basic'; readonly bearerFormat?: string };

/** What a gateway is answered with 200. */
export interface Acknowledgement {
  readonly contentType: string;
  readonly text: string;
}

/** What a gateway is answered in place of the usual refusals, because of what it does with them. */
export interface Refusals {
  /** The status of a post without its proof, if not 401. */
  readonly unproven?: number;
  /** The status while Redis cannot serve, if the gateway does not come again after 503. */
  readonly outage?: number;
  /** The status of a body over `BODY_LIMIT`, if not 413: sent again and again, it would hold up all that comes after it. */
  readonly tooLarge?: 200;
  /**
   * One refusal holds up every customer of the gateway, so that only an outage is one: what a full conversation or a fault keeps
   * out is answered 200, and its body is kept for an operator.
   */
  readonly onlyOutage?: boolean;
  /**
   * It does not send again what was refused, or not for as long as an outage lasts: what comes then is kept in memory, too, and
   * taken in once Redis is back.
   */
  readonly comesOnce?: boolean;
}

/** All that the applications know of a messenger gateway: its folder declares it, its line in `registry.ts` names it. */
export interface Gateway {
  /** Used in its route, in `source` of messages, in metrics and settings; it must never change. */
  readonly name: string;
  /** The name for people. */
  readonly title: string;
  /**
   * The scope in which an id names one message: the whole account, or the chat, if ids are counted separately in each chat.
   * In the latter case an id is compared only within its chat, unless it is random, as all of WhatsApp's own ids are.
   */
  readonly messageIds: 'per-account' | 'per-chat';
  /** True if its payloads may say which company they are for. */
  readonly namesCompany?: true;
  /** Where it posts in addition to `/webhook/<name>`: paths below that, as Express writes them. */
  readonly subPaths?: readonly string[];
  readonly handshake?: Handshake;
  /** How it writes its posts; JSON if left out. A form is read as an object of its fields. */
  readonly bodyFormat?: 'json' | 'form';
  /** In place of the results of its post; for a gateway that acts on what it is answered. */
  readonly acknowledgement?: Acknowledgement;
  readonly refusals?: Refusals;
  /** The environment variable that holds its secrets; `WEBHOOK_SECRET` where it has none of its own. */
  readonly secretVariable: string;
  readonly securityScheme: SecurityScheme;
  /** Checks the request by the gateway's own scheme against its secrets, of which there is at least one. */
  readonly authenticate: (request: AuthenticRequest, secrets: readonly string[], nowMs: number) => Verdict;
  /**
   * Reads a parsed payload, one event for each entry, in its order. Never throws, whatever the JSON, and takes
   * time in proportion to its length.
   */
  readonly read: (payload: unknown) => GatewayEvent[];
  /** How to make it send a text; null if replies cannot be sent. */
  readonly sender: Sender | null;
  /** How to get at its customers' files; left out: by the address that its messages name, if it is open to anybody. */
  readonly files?: Files;
  /** Its own variables, if it has any. */
  readonly settings?: GatewaySettingsGroup;
  /** A text as it posts it, for Swagger. It has no time and, where the gateway allows that, no id: each time it is sent it is a new fragment. */
  readonly example?: object;
}
