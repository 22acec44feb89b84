import type { Role } from './role';
import type { Variable } from './variable';

/** The variables that processes must agree on, as compared texts, by the roles that go by them. */
export type Agreement = Readonly<Record<Role | 'all', Readonly<Record<string, string>>>>;

/** What a checked environment says of the variables that are shared. */
export function agreementOf(ours: readonly Variable[], env: object): Agreement {
  const sharedBy = (role: Role | 'all'): Record<string, string> =>
    Object.fromEntries(
      ours
        .filter(({ sharedBy: roles = [] }) => (role === 'all' ? roles === role : roles.includes(role)))
        .map((variable) => [
          variable.name,
          compared(variable, (env as Record<string, unknown>)[variable.name]),
        ]),
    );
  return {
    all: sharedBy('all'),
    webhook: sharedBy('webhook'),
    batcher: sharedBy('batcher'),
    worker: sharedBy('worker'),
    assistant: sharedBy('assistant'),
  };
}

/** The order of a list, and what stands in it twice, have no effect. */
function compared({ sharedAs }: Variable, value: unknown): string {
  if (sharedAs) return sharedAs(value as never);
  return Array.isArray(value) ? [...new Set(value.map(String))].sort().join(',') : String(value);
}
