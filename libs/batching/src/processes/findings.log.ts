import { Logger } from '@nestjs/common';
import type { Finding } from '@app/contracts';

// Processes start one after the other, also after an outage: a short finding is not worth a line.
const STANDS_FOR_MS = 5_000;

/** Logs each finding once when it has lasted for a while, and once when it is over. */
export class FindingsLog {
  private readonly logger = new Logger('ProcessRegistry');
  private readonly standing = new Map<string, { sinceMs: number; isSaid: boolean }>();

  update(findings: readonly Finding[], nowMs: number): void {
    const current = new Set(findings.map(({ message }) => message));
    for (const [message, { isSaid }] of this.standing) {
      if (current.has(message)) continue;
      this.standing.delete(message);
      if (isSaid) this.logger.log(`No longer so: ${message}`);
    }
    for (const finding of findings) this.note(finding, nowMs);
  }

  private note({ code, message, check }: Finding, nowMs: number): void {
    const known = this.standing.get(message) ?? { sinceMs: nowMs, isSaid: false };
    this.standing.set(message, known);
    if (known.isSaid || nowMs - known.sinceMs < STANDS_FOR_MS) return;
    known.isSaid = true;
    this.logger.warn(`${message}. ${check}`, { finding: code });
  }
}
