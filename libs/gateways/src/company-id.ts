import { type CompanyId, isCompanyId } from '@app/contracts';
import { isNoId } from './identity/no-id';
import { LONGEST_ID } from './json/json';

export type CompanyReading =
  { readonly valid: true; readonly companyId: CompanyId | null } | { readonly valid: false };

/**
 * Reads the company that a payload names: null where it names none, as by a blank, `null` as text or a template that was
 * never filled in; invalid where the value can be nobody's id.
 */
export function readCompanyId(value: unknown): CompanyReading {
  if (value === undefined || value === null) return { valid: true, companyId: null };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value >= 0 ? { valid: true, companyId: value } : { valid: false };
  // One company may stand beside thousands of messages, each of which looks at it.
  if (typeof value !== 'string' || value.length > LONGEST_ID) return { valid: false };
  const text = value.trim();
  // A company may well be number 0, which is no message's id.
  if (!/\d/.test(text) && isNoId(text)) return { valid: true, companyId: null };
  return isCompanyId(text) ? { valid: true, companyId: text } : { valid: false };
}
