import { createHash } from 'node:crypto';
import { type CompanyId, isCompanyId } from '@app/contracts';
import type { EventOrigin } from '@app/gateways';

const MAX_READABLE = 40;

/**
 * Whose customer an event is about: as `GATEWAY_COMPANIES` has it for the account, else as the payload says, else the
 * account itself; null where nobody says anything.
 */
export function companyOf(
  { gateway, account, companyId }: EventOrigin,
  companies: ReadonlyMap<string, CompanyId>,
): CompanyId | null {
  if (account === null) return companyId;
  return (
    companies.get(`${gateway}:${account}`) ?? companyId ?? (isCompanyId(account) ? account : slugOf(account))
  );
}

/**
 * A company id for an account whose name cannot be one: what of it can, and a hash of it all, so that two accounts
 * never become one company.
 */
function slugOf(account: string): string {
  const readable = account
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, MAX_READABLE)
    .replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(account).digest('hex').slice(0, 16);
  return `${readable || 'account'}-${hash}`;
}
