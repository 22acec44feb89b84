import { type CompanyId, isCompanyId } from '@app/contracts';
import { isNoId } from './identity/no-id';
import { LONGEST_ID } from './json/json';

export type CompanyReading =
  { readonly valid: true; readonly companyId: CompanyId | null } | { readonly valid: false };

/**
 * Reads the company that a payload names: null if it names none (a blank, `null` as text or a template that was
 * never filled in); invalid if the value cannot be an id.
 */
export function readCompanyId(value: unknown): CompanyReading {
  if (value === undefined || value === null) return { valid: true, companyId: null };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value >= 0 ? { valid: true, companyId: value } : { valid: false };
  // One company may apply to thousands of messages, each of which reads it.
  if (typeof value !== 'string' || value.length > LONGEST_ID) return { valid: false };
  const text = value.trim();
  // A company may be number 0, which is not a valid message id.
  if (!/\d/.test(text) && isNoId(text)) return { valid: true, companyId: null };
  return isCompanyId(text) ? { valid: true, companyId: text } : { valid: false };
}
