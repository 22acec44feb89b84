import { Injectable } from '@nestjs/common';
import { gapsOf, type Report, reportOf } from '@app/window';
import { BatchStore } from '../store/batch-store';
import { presentOf } from '../window/present-waiting';
import { recordedBatches } from './recorded-batches';

/** A window report, with how long the pauses within bursts are. */
export interface WindowSurvey extends Report {
  /** How many pauses lasted from 0 to 1 s, from 1 to 2 s, and so on. */
  gaps: number[];
}

/** So many batches are read in a moment and played in 30 ms, which the process that takes messages can spare. */
const BATCHES = 2_000;
/** History changes slowly, ms. */
const KEPT_MS = 60_000;

/** The report of `npm run window` on the newest 2,000 batches, made once a minute at most, and only if it is asked for. */
@Injectable()
export class WindowReports {
  private latest: Promise<WindowSurvey> | null = null;
  private madeAtMs = -Infinity;

  constructor(private readonly store: BatchStore) {}

  /** @throws StoreUnavailableError if Redis cannot serve now. */
  read(): Promise<WindowSurvey> {
    if (this.latest !== null && performance.now() - this.madeAtMs < KEPT_MS) return this.latest;
    this.madeAtMs = performance.now();
    this.latest = this.make();
    this.latest.catch(() => {
      this.latest = null;
    });
    return this.latest;
  }

  private async make(): Promise<WindowSurvey> {
    const batches = await recordedBatches(this.store, BATCHES);
    const report = reportOf(batches, presentOf(this.store.settings), null);
    return { ...report, gaps: gapsOf(batches, report.bot.medianMs) };
  }
}
