import { type CompanyId, isCompanyId } from '@app/contracts';

export type CompanyReading =
  { readonly valid: true; readonly companyId: CompanyId | null } | { readonly valid: false };

/** Reads the company that a payload names: null where it names none, invalid where the value can be nobody's id. */
export function readCompanyId(value: unknown): CompanyReading {
  if (value === undefined || value === null || isBlank(value)) return { valid: true, companyId: null };
  const isId =
    typeof value === 'number' ? Number.isSafeInteger(value) && value >= 0 : isCompanyId(textual(value));
  return isId ? { valid: true, companyId: value as CompanyId } : { valid: false };
}

/** One company may stand beside thousands of messages, each of which looks at it. */
const LONGEST_BLANK = 64;

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST_BLANK && value.trim() === '';
}

function textual(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
