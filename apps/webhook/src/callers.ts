/** The callers of the webhook application: gateways bring messages, bots bring late replies, operators look and act; others are probes and strangers. */
export const CALLERS = ['gateway', 'bot', 'operator', 'other'] as const;

export type Caller = (typeof CALLERS)[number];

const OPERATORS = ['/admin/', '/live/', '/webhook/whatsapp/batched/'];
const GATEWAYS = ['/webhook/'];
const BOTS = ['/replies/'];

/** The caller of a request, by its path alone, because a request that is refused before its route has nothing else. */
export function callerOf(path: string): Caller {
  if (OPERATORS.some((prefix) => path.startsWith(prefix))) return 'operator';
  if (BOTS.some((prefix) => path.startsWith(prefix))) return 'bot';
  return GATEWAYS.some((prefix) => path.startsWith(prefix)) ? 'gateway' : 'other';
}
