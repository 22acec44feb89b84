import { hostname } from 'node:os';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ProcessRegistry, type Turn } from '@app/batching';
import { finding, type Finding } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { DeliveryMetrics } from './delivery.metrics';

/** As long as the hold of a conversation lasts at the most, ms. */
const SHOWN_FOR_MS = 3_600_000;

/** Says that a conversation is held because its bot has had too many turns: log, metric, finding. */
@Injectable()
export class LoopAlarm {
  private readonly logger = new Logger('Turns');
  private held = { conversations: 0, lastAtMs: 0 };

  constructor(
    private readonly metrics: DeliveryMetrics,
    processRegistry: ProcessRegistry,
    @Inject(SETTINGS) private readonly settings: { turns: Pick<Settings['turns'], 'maxPerHour'> },
  ) {
    processRegistry.reportFindings(() => this.findings);
  }

  /** This turn of it was one too many. */
  heldAfter({ conversation, batchId }: Turn): void {
    const turns = this.settings.turns.maxPerHour;
    this.metrics.conversationHeld();
    this.held = { conversations: this.lately + 1, lastAtMs: performance.now() };
    this.logger.error(
      'A conversation is held: it had MAX_TURNS_PER_HOUR turns within an hour, and its bot may be hearing itself',
      { conversationId: conversation.id, batchId, turns },
    );
  }

  /** How many were held, until an hour after the last. */
  private get lately(): number {
    return performance.now() - this.held.lastAtMs < SHOWN_FOR_MS ? this.held.conversations : 0;
  }

  private get findings(): Finding[] {
    const { lately } = this;
    return lately === 0 ? [] : [finding('too-many-turns', { host: hostname(), conversations: lately })];
  }
}
