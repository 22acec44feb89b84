import { Injectable } from '@nestjs/common';
import { GATEWAY_NAMES } from '@app/gateways';
import { Metrics } from '@app/platform';
import type { EventAnswer } from './event.answer';

const REFUSALS = ['missing', 'malformed', 'mismatch', 'expired'] as const;

/** Counts gateways' events. Every label is one of a list of ours, never a word of a payload. */
@Injectable()
export class GatewayMetrics {
  private readonly events;
  private readonly bodies;
  private readonly refusals;
  private readonly undelivered;
  private readonly waiting;

  constructor(metrics: Metrics) {
    this.events = metrics.counter({
      name: 'gateway_events_total',
      help: 'Entries of gateways’ bodies by kind, outcome and, if ignored or refused, reason.',
      labelNames: ['gateway', 'kind', 'outcome', 'reason'],
    });
    this.bodies = metrics.counter({
      name: 'gateway_unreadable_total',
      help: 'Bodies that were not fully understood, by reason; GET /admin/unreadable shows the latest.',
      labelNames: ['gateway', 'reason'],
    });
    this.refusals = metrics.counter({
      name: 'gateway_refusals_total',
      help: 'Requests that did not prove that they come from their gateway, by reason.',
      labelNames: ['gateway', 'reason'],
    });
    this.undelivered = metrics.counter({
      name: 'replies_undelivered_total',
      help: 'Replies that their gateway had taken and reported later as not delivered.',
      labelNames: ['gateway'],
    });
    this.waiting = metrics.gauge({
      name: 'gateway_bodies_spilt',
      help: 'Bodies that came while Redis could not serve and that this process keeps in memory until it can.',
    });
    this.waiting.set(0);
    for (const gateway of GATEWAY_NAMES) this.undelivered.inc({ gateway }, 0);
    for (const gateway of GATEWAY_NAMES)
      for (const reason of REFUSALS) this.refusals.inc({ gateway, reason }, 0);
  }

  /** An entry of a body has its answer. */
  answered(gateway: string, { kind, outcome, reason = '' }: EventAnswer): void {
    this.events.inc({ gateway, kind, outcome, reason });
  }

  /** A part of a body was not understood. */
  notUnderstood(gateway: string, reason: string): void {
    this.bodies.inc({ gateway, reason });
  }

  /** @param bodies how many are kept in memory. */
  spilt(bodies: number): void {
    this.waiting.set(bodies);
  }

  /** A reply was not delivered. */
  replyUndelivered(gateway: string): void {
    this.undelivered.inc({ gateway });
  }

  /** A request did not prove its origin. */
  refused(gateway: string, reason: string): void {
    this.refusals.inc({ gateway, reason });
  }
}
