import { createHash } from 'node:crypto';
import { type CompanyId, isCompanyId } from '@app/contracts';
import type { EventOrigin } from '@app/gateways';
import type { Settings } from '@app/settings';

const MAX_READABLE = 40;

/**
 * The company of an event: as the companies file or `GATEWAY_COMPANIES` has it for the account, otherwise as the payload says, otherwise the
 * account itself; null if none of them says anything.
 */
export function companyOf(
  { gateway, account, companyId }: EventOrigin,
  companies: Pick<Settings['companies'], 'ownerOf'>,
): CompanyId | null {
  const configured = companies.ownerOf(gateway, account) ?? companyId;
  if (configured !== null || account === null) return configured;
  return isCompanyId(account) ? account : slugOf(account);
}

/**
 * A company id for an account whose name cannot be one: its valid characters, and a hash of the whole name, so that two
 * accounts never become one company.
 */
function slugOf(account: string): string {
  const readable = account
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, MAX_READABLE)
    .replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(account).digest('hex').slice(0, 16);
  return `${readable || 'account'}-${hash}`;
}
