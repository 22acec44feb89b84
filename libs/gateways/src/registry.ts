import { evolution } from './evolution/evolution.gateway';
import type { Gateway } from './gateway';
import { meta } from './meta/meta.gateway';
import { venom } from './venom/venom.gateway';
import { waha } from './waha/waha.gateway';

/**
 * Every gateway by its name. A new one is a folder beside these and a line here; its variables, its description in Swagger
 * and, where replies can be sent, its line in `senders.ts` are declared where those are.
 */
export const GATEWAYS = { venom, meta, waha, evolution } as const satisfies Record<string, Gateway>;

export type GatewayName = keyof typeof GATEWAYS;

/** The names, for routes, configuration and tests. */
export const GATEWAY_NAMES = Object.keys(GATEWAYS) as GatewayName[];
