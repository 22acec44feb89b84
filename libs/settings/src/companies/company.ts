import type { CompanyId } from '@app/contracts';
import type { SenderSettings } from '@app/gateways';
import type { AllSettings, AllVariables } from '../all-settings';

/** A company that the companies file names, checked and ready for use. */
export interface Company {
  readonly id: CompanyId;
  readonly name: string | null;
  /** As the tz database names it: `Europe/Moscow`. */
  readonly timeZone: string | null;
  /** The environment's, but for what its entry says. */
  readonly settings: AllSettings;
  /** The same before it is shaped, and the variables that its entry has values for. */
  readonly env: AllVariables;
  readonly given: readonly string[];
  /** How each of its accounts sends, by address; null: its replies are logged. */
  readonly senders: ReadonlyMap<string, SenderSettings | null>;
}

/** Whose account it is that messages come in at: `<gateway>:<account>`, or `<gateway>` where no account is named. */
export function addressOf(gateway: string, account: string | null): string {
  return account === null ? gateway : `${gateway}:${account}`;
}
