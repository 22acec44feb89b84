import type { RequestListener } from 'node:http';
import type { Metrics } from './metrics';

const REASONS: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-type',
  422: 'unprocessable',
  429: 'too-many',
  500: 'fault',
  503: 'unavailable',
};

/**
 * Counts the refused requests, by caller and reason. It listens on the server itself, to include requests that never
 * reached a route: 404, 413, 415.
 *
 * @param whose the callers that `callerOf` tells apart; all of them are shown from the start, so that the first refusal
 *   is a rise and not a beginning.
 */
export function countRefusals<Caller extends string>(
  metrics: Metrics,
  whose: readonly Caller[],
  callerOf: (path: string) => Caller,
): RequestListener {
  const refused = metrics.counter({
    name: 'requests_refused_total',
    help: 'Requests answered with an error, by caller and reason.',
    labelNames: ['caller', 'reason'],
  });
  for (const caller of whose) {
    for (const reason of Object.values(REASONS)) refused.inc({ caller, reason }, 0);
  }
  return ({ url = '' }, response) => {
    const [path = ''] = url.split('?', 1);
    response.once('finish', () => {
      if (response.statusCode < 400) return;
      refused.inc({ caller: callerOf(path), reason: REASONS[response.statusCode] ?? 'other' });
    });
  };
}
