import { type Said, type Sentence, sentence, SIMULATOR } from '@app/contracts';
import { senderVariableOf } from '@app/gateways';
import { type Of, redriveOf, replayOf, said } from './words';

export function wordsOfAttempt(entry: Of<'attempt'>): Said {
  const { outcome, status, ms: tookMs, error = 'no answer', attempt, batchId } = entry;
  const kind = entry.final ? null : 'draft';
  switch (outcome) {
    case 'answered':
      return answered(entry, kind);
    case 'promised':
      return said('attempt.promised', { status, tookMs, attempt, kind });
    case 'declined':
      return said('attempt.declined', { tookMs }, sentence('attempt.declined.mend', {}));
    case 'unavailable':
      return said(
        'attempt.unavailable',
        { tookMs, attempt, kind, error },
        sentence('attempt.unavailable.mend', {}),
      );
    case 'refused':
      return said('attempt.refused', { tookMs, attempt, kind, error }, mendOfRefusal(status, batchId));
    case 'interrupted':
      return said('attempt.interrupted', { tookMs, kind });
  }
}

function mendOfRefusal(status: number | null, batchId: string): Sentence {
  const redrive = redriveOf(batchId);
  if (status === 401 || status === 403) return sentence('attempt.refused.key.mend', { redrive });
  if (status === 404) return sentence('attempt.refused.nowhere.mend', { redrive });
  return sentence('attempt.refused.mend', { redrive });
}

function answered(
  { status, ms: tookMs, replies = 0, notUnderstood: shape, needsFinal, attempt }: Of<'attempt'>,
  kind: 'draft' | null,
): Said {
  if (status === null) return said('attempt.no-bot', {}, sentence('attempt.no-bot.mend', {}));
  if (shape !== undefined)
    return said(
      'attempt.not-understood',
      { status, tookMs, shape, replies },
      sentence('attempt.not-understood.mend', {}),
    );
  if (needsFinal) return said('attempt.needs-final', { tookMs, attempt });
  if (attempt === null) return said('attempt.told', { status, tookMs });
  if (replies > 0) return said('attempt.answered', { status, tookMs, attempt, kind });
  return said('attempt.silent', { status, tookMs, attempt, kind }, sentence('attempt.silent.mend', {}));
}

/** Why the bot was not shown pictures, and what shows it the next ones. */
export function wordsOfPicture({ reason, pictures, error }: Of<'picture'>): Said {
  const mend = reason === 'no-picture' ? null : sentence(`picture.${reason}.mend`, {});
  return said(`picture.${reason}`, { pictures, error: error ?? null }, mend);
}

export function wordsOfReply({ state, gateway, batchId, reply, ...entry }: Of<'reply'>): Said {
  const error = 'error' in entry ? (entry.error ?? null) : null;
  const nth = reply + 1;
  switch (state) {
    case 'sent':
      return gateway === SIMULATOR ? said('reply.simulated', { nth }) : said('reply.sent', { nth, gateway });
    case 'logged': {
      const variable = senderVariableOf(gateway);
      const replay = replayOf(batchId);
      return said(
        'reply.logged',
        { nth, gateway },
        variable === null
          ? sentence('reply.no-sender.mend', {})
          : sentence('reply.logged.mend', { variable, replay }),
      );
    }
    case 'unknown':
      return said('reply.unknown', { nth, error }, sentence('reply.unknown.mend', {}));
    case 'unsent':
      return said('reply.unsent', { nth, error }, sentence('reply.unsent.mend', {}));
    case 'refused': {
      const redrive = redriveOf(batchId);
      return said('reply.refused', { nth, gateway, error }, sentence('reply.refused.mend', { redrive }));
    }
    case 'undelivered':
      return said('reply.undelivered', { nth, gateway, error }, sentence('reply.undelivered.mend', {}));
    default:
      return said('reply.other', { nth, state });
  }
}
