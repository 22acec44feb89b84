import { Injectable } from '@nestjs/common';
import type { MissingPicture } from '@app/contracts';
import { answering, GATEWAY_NAMES } from '@app/gateways';
import { Metrics } from '@app/platform';

export type PictureOutcome = 'shown' | MissingPicture;

const OUTCOMES: readonly PictureOutcome[] = [
  'shown',
  'timeout',
  'gateway-away',
  'no-file',
  'no-way',
  'too-large',
  'no-picture',
  'too-many',
];

/** Counts the pictures that calls of the bot have brought, or not. */
@Injectable()
export class PictureMetrics {
  private readonly pictures;

  constructor(metrics: Metrics) {
    this.pictures = metrics.counter({
      name: 'pictures_total',
      help: 'Pictures of the bot’s calls: shown, or why not.',
      labelNames: ['gateway', 'outcome'],
    });
    for (const gateway of [...GATEWAY_NAMES, 'other'])
      for (const outcome of OUTCOMES) this.pictures.inc({ gateway, outcome }, 0);
  }

  /** @param gateway as a message names it; gateways without a sender are counted together, because a label must not grow. */
  ended(gateway: string, outcome: PictureOutcome): void {
    this.pictures.inc({ gateway: answering(gateway)?.name ?? 'other', outcome });
  }
}
