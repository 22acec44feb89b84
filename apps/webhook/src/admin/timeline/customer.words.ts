import { type Said, sentence } from '@app/contracts';
import type { InForce } from './in-force';
import { endOf, type Of, said } from './words';

const SEE_BODY = sentence('ignored.body.mend', {});

/** Why a message was not taken, and what lets the next one in. */
const IGNORED: Readonly<Record<string, Said>> = {
  group: said('ignored.group', {}, sentence('ignored.group.mend', {})),
  'too-large': said('ignored.too-large', {}, sentence('ignored.too-large.mend', {})),
  revoked: said('ignored.revoked', {}),
  empty: said('ignored.empty', {}, SEE_BODY),
  'invalid-field': said('ignored.invalid-field', {}, SEE_BODY),
  malformed: said('ignored.malformed', {}, SEE_BODY),
  undecrypted: said('ignored.undecrypted', {}, sentence('ignored.undecrypted.mend', {})),
  unsupported: said('ignored.unsupported', {}, sentence('ignored.unsupported.mend', {})),
};

export function wordsOfIgnored({ reason, conversationId }: Of<'ignored'>): Said {
  if (reason !== 'blocked') return IGNORED[reason] ?? said('ignored.other', { why: reason });
  const unblock = endOf('unblock', conversationId);
  return said('ignored.blocked', {}, sentence('ignored.blocked.mend', { unblock }));
}

/** Why a voice note has no words, and what gives the next one its own. */
export function wordsOfTranscript({ reason }: Of<'transcript'>): Said {
  switch (reason) {
    case 'timeout':
      return said('transcript.timeout', {}, sentence('transcript.timeout.mend', {}));
    case 'transcriber-away':
      return said('transcript.transcriber-away', {}, sentence('transcript.transcriber-away.mend', {}));
    case 'gateway-away':
      return said('transcript.gateway-away', {}, sentence('transcript.gateway-away.mend', {}));
    case 'no-file':
      return said('transcript.no-file', {}, sentence('transcript.no-file.mend', {}));
    case 'no-way':
      return said('transcript.no-way', {}, sentence('transcript.no-way.mend', {}));
    case 'too-large':
      return said('transcript.too-large', {}, sentence('transcript.too-large.mend', {}));
    case 'refused':
      return said('transcript.refused', {}, sentence('transcript.refused.mend', {}));
    case 'no-words':
      return said('transcript.no-words', {});
  }
}

/** What an edit or a revocation did. */
export function wordsOfChange({ kind: change, outcome }: Of<'edit' | 'revoke'>): Said {
  switch (outcome) {
    case 'edited':
      return said('change.edited', {});
    case 'unreadable':
      return said('change.unreadable', {});
    case 'revoked':
      return said('change.revoked', {});
    case 'early':
      return said('change.early', { change });
    case 'after-hand-off':
      return said(
        'change.after-hand-off',
        { change },
        sentence('change.after-hand-off.mend', { event: change }),
      );
    case 'forwarded':
      return said('change.forwarded', { change });
    case 'not-author':
      return said('change.not-author', { change });
    case 'outdated':
      return said('change.outdated', { change });
    case 'too-large':
      return said('change.too-large', { change }, sentence('change.too-large.mend', {}));
    default:
      return said('change.other', { change, outcome });
  }
}

export function wordsOfTakeover(
  { did, why, at, forMs = 0, conversationId }: Of<'takeover'>,
  { isHeld }: InForce,
): Said {
  const took = why ?? 'colleague';
  const endsAt = at + forMs;
  switch (did) {
    case 'held': {
      const release = endOf('release', conversationId);
      const mend = isHeld ? sentence('takeover.held.mend', { release }) : null;
      return why === 'handover'
        ? said('takeover.handed-over', { took, endsAt }, mend)
        : said('takeover.held', { took, endsAt }, mend);
    }
    case 'cleared':
      return said('takeover.cleared', { took }, sentence('takeover.cleared.mend', {}));
    case 'released':
      return said('takeover.released', {});
    case 'nothing':
      return said('takeover.nothing', { took });
  }
}

export function wordsOfHold(
  { isHeld, until: endsAt, by: who, conversationId }: Of<'hold'>,
  inForce: InForce,
): Said {
  if (!isHeld) return said('released', { who });
  const release = endOf('release', conversationId);
  const mend = inForce.isHeld ? sentence('held.mend', { release }) : null;
  return endsAt === null ? said('held.for-good', { who }, mend) : said('held', { who, endsAt }, mend);
}

export function wordsOfMute(entry: Of<'mute'>, inForce: InForce): Said {
  const { isMuted, until: endsAt, by: who, conversationId } = entry;
  if ('company' in entry) {
    const { company } = entry;
    return said('switched-off', { company }, sentence('switched-off.mend', { company }));
  }
  if (!isMuted) return said('unmuted-by', { who });
  const unmute = endOf('unmute', conversationId);
  const mend = inForce.isMuted ? sentence('muted-by.mend', { unmute }) : null;
  return endsAt === null ? said('muted-by.for-good', { who }, mend) : said('muted-by', { who, endsAt }, mend);
}

export function wordsOfOperator({ act, by: who, detail }: Of<'operator'>): Said {
  return said('operator', { act, who, detail: detail ?? null });
}
