import type { CompanyId } from './gateway-event';

// As the conversation id wants it: no colon, no brace, and never one of the words that begin a customer id.
const COMPANY_ID = /^(?!wa-(?:lid|bsuid|group)$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export type CompanyReading =
  { readonly valid: true; readonly companyId: CompanyId | null } | { readonly valid: false };

/** Reads the company that a payload names: null where it names none, invalid where the value can be nobody's id. */
export function readCompanyId(value: unknown): CompanyReading {
  if (value === undefined || value === null || value === '') return { valid: true, companyId: null };
  const isId =
    typeof value === 'number' ? Number.isSafeInteger(value) && value >= 0 : COMPANY_ID.test(textual(value));
  return isId ? { valid: true, companyId: value as CompanyId } : { valid: false };
}

function textual(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
