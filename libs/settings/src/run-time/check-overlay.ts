import type { AllSettings, AllVariables } from '../all-settings';
import { checkEntry, type Ground } from '../companies/check-entry';
import type { CompanyEntry } from '../companies/company-entry';
import { EntryReader } from '../companies/entry-reader';
import type { Fault } from '../companies/fault';

/** What operators have ordered of a company's bot. */
export type BotSwitch = 'on' | 'off';

/** What a company goes by with the settings that an operator has given it at run time. */
export interface Overlaid {
  /** Null: they say nothing of the bot, which is on. */
  readonly bot: BotSwitch | null;
  readonly settings: AllSettings;
  readonly env: AllVariables;
  /** The variables that they stand in for. */
  readonly given: readonly string[];
}

/** Faults are named from here on: `window.batchTimeout`. */
export const ROOT = 'settings';

const NOTHING = 'must have at least one of window, busyPolicy and bot; DELETE takes all back';

/**
 * Checks settings for the run time by the rules of the companies file.
 *
 * @param ground what the company goes by without them.
 * @returns null if there are faults.
 */
export function checkOverlay(content: unknown, ground: Ground, faults: Fault[]): Overlaid | null {
  const reader = new EntryReader(null, '');
  const { given, bot } = reader.overlay(content, [ROOT]);
  if (given.size === 0 && bot === null && reader.faults.length === 0) reader.fault([ROOT], NOTHING);
  const company = checkEntry(entryOf(given), ground, reader.faults);
  faults.push(...reader.faults);
  if (company === null || reader.faults.length > 0) return null;
  return { bot, settings: company.settings, env: company.env, given: [...given.keys()] };
}

/** An entry of the companies file that has no more than these. */
function entryOf(given: CompanyEntry['given']): CompanyEntry {
  return { path: [ROOT], id: '', name: null, timeZone: null, hasBot: false, given, accounts: [] };
}
