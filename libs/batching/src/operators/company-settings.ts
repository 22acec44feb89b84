import { createHash } from 'node:crypto';
import { nothingOfThisKind } from '../redis/outage';
import type { BatchStore } from '../store/batch-store';
import {
  setCompanySettings,
  type SetCompanySettingsReply,
  VERSION,
} from '../store/scripts/set-company-settings';

/** Every process holds them all, and reads them all when one changes. */
export const MOST_COMPANIES = 1_000;

/** All settings that operators have given companies at run time, as texts. */
export interface KeptCompanySettings {
  /** The same text only as long as nothing changes. */
  readonly version: string;
  readonly byCompany: ReadonlyMap<string, string>;
  /** False where the key is not the hash that we have written: somebody else has, and nothing is known. */
  readonly isReadable: boolean;
}

/** Stands for the version of what cannot be read; no version is such a text. */
const UNREADABLE = 'unreadable';

/** What tells the settings of one company from those that it was given before, as the script works it out. @param text empty: none. */
export function versionOfSettings(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Where the settings of companies are that operators have given them at run time. It knows nothing of what they say. */
export class CompanySettings {
  constructor(private readonly store: BatchStore) {}

  /** The key, for an operator who has to look at it. */
  get key(): string {
    return this.store.partitions.home.companySettings;
  }

  /**
   * Reads them all, if they have changed.
   *
   * @param known the version that was read before.
   * @returns null if that is still the version.
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async readIfChanged(known: string | null): Promise<KeptCompanySettings | null> {
    const { companySettings } = this.store.partitions.home;
    const version = await this.store.commands((redis) =>
      redis.hget(companySettings, VERSION).catch((error: unknown) => {
        nothingOfThisKind(error);
        return UNREADABLE;
      }),
    );
    if ((version ?? '') === known) return null;
    if (version === UNREADABLE) return { version, byCompany: new Map<string, string>(), isReadable: false };
    const all = await this.store.commands((redis) => redis.hgetall(companySettings));
    const byCompany = new Map(Object.entries(all));
    byCompany.delete(VERSION);
    return { version: all[VERSION] ?? '', byCompany, isReadable: true };
  }

  /**
   * Gives a company these settings in the place of those that it was given before; an empty text: none.
   *
   * @param versions nothing changes unless what it has now is of a version that this text names; empty: whatever it has.
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  set(company: string, settings: string, versions = ''): Promise<SetCompanySettingsReply> {
    const { companySettings } = this.store.partitions.home;
    const args = { company, settings, most: MOST_COMPANIES, versions };
    return this.store.confirmed(companySettings, () =>
      this.store.runner.run(setCompanySettings, { companySettings }, args),
    );
  }
}
