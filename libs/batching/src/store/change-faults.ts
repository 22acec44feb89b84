import { Logger } from '@nestjs/common';
import type { ChangeReply } from './scripts/change-call';

// Redis refuses each change alike, so one line a minute is enough.
const SAY_EVERY_MS = 60_000;

/** Logs what a change could not do, each fault once. */
export class ChangeFaults {
  private readonly logger = new Logger('Store');
  private saidAtMs = -Infinity;

  /** @param conversationIds in the order of the replies. */
  say(
    script: string,
    { trouble, damaged }: Omit<ChangeReply<unknown>, 'reply'>,
    conversationIds: readonly string[],
  ): void {
    for (const { index, reason, isNew } of damaged) {
      if (!isNew) continue;
      this.logger.error(
        'A conversation is not as it should be and was set aside; repair it: POST /admin/set-aside/:id/repair',
        { conversationId: conversationIds[index - 1], reason, script },
      );
    }
    if (trouble === '' || performance.now() - this.saidAtMs < SAY_EVERY_MS) return;
    this.saidAtMs = performance.now();
    this.logger.warn('Redis refused a part of a change; what was stored stands, see GET /health/ready', {
      script,
      refusal: trouble,
    });
  }
}
