import type { IncomingMessage, RequestListener } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Metrics } from './metrics';

/** The ways through a process that a request can take. */
const LANES = ['short', 'nest'] as const;
export type Lane = (typeof LANES)[number];

/** Counts answers on the server itself, to include those that never reached a route: 404, 413, 415. */
@Injectable()
export class HttpMetrics {
  private readonly answers;
  private readonly requests;

  constructor(metrics: Metrics) {
    this.requests = metrics.counter({
      name: 'http_requests_total',
      help: 'Requests by the lane they took: `short`, past Express, or `nest`.',
      labelNames: ['lane'],
    });
    for (const lane of LANES) this.requests.inc({ lane }, 0);
    this.answers = metrics.histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from a request to the end of its answer.',
      labelNames: ['method', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
    });
  }

  /** One of the server's listeners. */
  readonly listener: RequestListener = (request, response) => {
    const end = this.answers.startTimer();
    response.once('finish', () => end({ method: methodOf(request), status: response.statusCode }));
  };

  /** A request took this lane. */
  took(lane: Lane): void {
    this.requests.inc({ lane });
  }
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A stranger may send any word as a method, and a label must not grow with it. */
function methodOf({ method = '' }: IncomingMessage): string {
  return METHODS.has(method) ? method : 'other';
}
