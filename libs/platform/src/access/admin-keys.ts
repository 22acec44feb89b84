/** `read`: looks. `operate`: looks and acts. */
export const ROLES = ['read', 'operate'] as const;

export type OperatorRole = (typeof ROLES)[number];

/** Who calls, as far as the key says. */
export interface Operator {
  name: string;
  role: OperatorRole;
}

/** A key of an operator's. */
export interface AdminKey extends Operator {
  secret: string;
}

/** The shortest secret that may be guarded by nothing else. */
const SHORTEST_SECRET = 8;
const NAMED = /^([\w-]{1,64}):([a-z]+):(.*)$/;

/** A key as `ADMIN_API_KEY` lists it: `name:role:secret`, or a secret alone, which is that of `operator`, who may act. */
export function adminKeyOf(entry: string): AdminKey {
  const [, name = '', role = '', secret = ''] = NAMED.exec(entry) ?? [];
  if (!isRole(role)) return { name: 'operator', role: 'operate', secret: entry };
  return { name, role, secret };
}

/** True for an entry that names a role which does not exist, or a secret that is too short. */
export function isWrongAdminKey(entry: string): boolean {
  const [, , role, secret = ''] = NAMED.exec(entry) ?? [];
  return role !== undefined && (!isRole(role) || secret.length < SHORTEST_SECRET);
}

/** True if one secret is given to two operators: nobody could say who has called. */
export function hasSharedSecret(entries: readonly string[]): boolean {
  const keys = entries.map(adminKeyOf);
  return new Set(keys.map(({ secret }) => secret)).size < keys.length;
}

function isRole(text: string): text is OperatorRole {
  return (ROLES as readonly string[]).includes(text);
}
