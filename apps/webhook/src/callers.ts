/** The callers of the webhook application: gateways bring messages, operators look and act; others are probes and strangers. */
export const CALLERS = ['gateway', 'operator', 'other'] as const;

export type Caller = (typeof CALLERS)[number];

const OPERATORS = ['/admin/', '/live/', '/webhook/whatsapp/batched/'];
const GATEWAYS = ['/webhook/'];

/** The caller of a request, by its path alone, because a request that is refused before its route has nothing else. */
export function callerOf(path: string): Caller {
  if (OPERATORS.some((prefix) => path.startsWith(prefix))) return 'operator';
  return GATEWAYS.some((prefix) => path.startsWith(prefix)) ? 'gateway' : 'other';
}
