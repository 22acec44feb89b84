import { STATUS_CODES } from 'node:http';
import type { ProblemDetails } from '@app/platform';
import { REDIS_CANNOT_SERVE } from '../store-problem';

type Said = Partial<ProblemDetails> & { detail: string };

/** What each error answer says, by what has happened; some calls add fields of their own. */
const SAID: Readonly<Record<number, Readonly<Record<string, Said>>>> = {
  400: {
    field: {
      detail: 'Not valid: phone.',
      errors: [{ field: 'phone', message: 'must be a phone number of 5 to 15 digits or a chat id' }],
    },
  },
  401: {
    secret: { detail: 'This needs the secret that ADMIN_API_KEY holds.' },
  },
  403: {
    role: { detail: 'The key of anna has the role read; this call needs the role operate (ADMIN_API_KEY).' },
  },
  404: { nothing: { detail: 'This customer has nothing pending.' } },
  409: { busy: { detail: 'Another batch of this conversation is in its turn.', reason: 'busy' } },
  412: {
    changed: {
      detail:
        'Somebody has changed these settings since you read them. Read them again, and make your change to what they are now.',
    },
  },
  413: {
    large: { detail: 'A message is larger than 262144 bytes (MAX_BATCH_BYTES), the text counted once.' },
  },
  415: { format: { detail: 'Send the body as application/json.' } },
  422: { refused: { detail: 'The queue refuses this message. The log says why.' } },
  425: { early: { detail: 'The window of this batch is not over, or its customer types.' } },
  429: {
    full: {
      detail: '962302:79001234567 holds as many unanswered messages as it may. Send this one again later.',
      conversationId: '962302:79001234567',
    },
    secrets: { detail: 'Too many wrong secrets from this address. A right one is still let in.' },
  },
  500: { fault: { detail: 'The server could not do this. Its log says why.' } },
  503: { redis: { detail: REDIS_CANNOT_SERVE } },
};

/** The error answers of this status, RFC 9457, each under a name. */
export function problemExamples(status: number): Record<string, { value: ProblemDetails }> {
  const title = STATUS_CODES[status] ?? '';
  return Object.fromEntries(
    Object.entries(SAID[status] ?? {}).map(([name, said]) => [
      name,
      { value: { type: 'about:blank', title, status, ...said } },
    ]),
  );
}
