import type { CompanyId } from '@app/contracts';
import type { BatchStore } from '../store/batch-store';

/** Only the latest calls count, because a bot may be given another model. */
const LATEST = 100;
/** Fewer say too little. */
const FEWEST = 20;
/** The share of the calls that took no longer than the usual time: a later start would have most drafts come too late. */
const SHARE = 0.75;

/** Where the usual time of a company's bot is: that of one with settings of its own may be another bot. */
export function botTimeKey({ settings, partitions }: BatchStore, companyId: CompanyId | null): string {
  return companyId !== null && settings.hasOwn(companyId)
    ? partitions.home.companyBotTime(String(companyId))
    : partitions.home.botTime;
}

/** How long the bot took for the latest calls. */
export class BotTimes {
  private readonly latestMs: number[] = [];

  /** @param ms from the beginning of a call to its answer. */
  add(ms: number): void {
    this.latestMs.push(ms);
    if (this.latestMs.length > LATEST) this.latestMs.shift();
  }

  /** The time within which three of four calls are answered, whole ms; null before 20 calls are known. */
  get usualMs(): number | null {
    const { length } = this.latestMs;
    if (length < FEWEST) return null;
    const sorted = this.latestMs.toSorted((a, b) => a - b);
    return Math.round(sorted[Math.ceil(SHARE * length) - 1] as number);
  }
}
