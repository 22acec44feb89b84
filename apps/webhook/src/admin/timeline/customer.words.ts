import { by, callOf, type Of, said, until, type Words } from './words';

const SEE_BODY = 'GET /admin/unreadable shows the body; tell the gateway’s maker, or us';

/** Why a message was not taken, and what lets the next one in. */
const IGNORED: Record<string, Words> = {
  group: said(
    'A message in a group was ignored, as all messages in groups are',
    'Set GROUP_MESSAGES=per-chat or per-sender',
  ),
  'too-large': said('A message was ignored: it is larger than MAX_BATCH_BYTES', 'Raise MAX_BATCH_BYTES'),
  revoked: said('A message was not kept: its author had taken it back before it came'),
  empty: said('A message was ignored: it has neither text nor a file', SEE_BODY),
  'invalid-field': said('A message was ignored: a field of it has no valid value', SEE_BODY),
  malformed: said('A message was ignored: it is not in the form of its gateway’s', SEE_BODY),
  undecrypted: said(
    'The gateway could not decrypt a message; it comes again once it can',
    'If it does not come, log the gateway’s session in again',
  ),
  unsupported: said(
    'The customer sent something that no bot can be shown',
    'FORWARD_EVENTS=unsupported lets the bot answer that',
  ),
};

export function wordsOfIgnored({ reason, conversationId }: Of<'ignored'>): Words {
  if (reason === 'blocked')
    return said(
      'A message was not stored: an operator has blocked this sender',
      callOf('POST', '/admin/conversations/:phone/unblock', conversationId),
    );
  return IGNORED[reason] ?? said(`A message was ignored: ${reason}`);
}

/** What an edit or a revocation did; `{}` stands for which of the two it is. */
const CHANGED: Record<string, Words> = {
  edited: said('The customer edited this message before it was handed off'),
  unreadable: said('The customer edited this message; the edit is encrypted, and the earlier text stands'),
  revoked: said('The customer took a message back before it was handed off'),
  early: said('The {} came before its message, and waits for it'),
  'after-hand-off': said(
    'The {} came after the message was handed off: the bot does not know of it',
    'FORWARD_EVENTS={} tells the bot',
  ),
  forwarded: said('The {} came after the message was handed off: the bot is told of it'),
  'not-author': said('The {} was ignored: another person wrote the message'),
  outdated: said('The {} was ignored: a later one is known'),
  'too-large': said(
    'The edit was ignored: the new text is larger than MAX_BATCH_BYTES',
    'Raise MAX_BATCH_BYTES',
  ),
};

export function wordsOfChange({ kind, outcome }: Of<'edit' | 'revoke'>): Words {
  const { says, mend } = CHANGED[outcome] ?? said(`The {}: ${outcome}`);
  const what = kind === 'edit' ? 'edit' : 'revocation';
  return said(says.replace('{}', what), mend && mend.replace('{}', kind));
}

const TOOK_OVER = {
  status: 'Humans have taken the conversation over at the gateway',
  handover: 'The bot handed the conversation over to humans',
} as const;

export function wordsOfTakeover({ did, why, at, forMs = 0, conversationId }: Of<'takeover'>): Words {
  const what = why === undefined ? 'A colleague answered from the phone' : TOOK_OVER[why];
  switch (did) {
    case 'held':
      return said(
        `${what}: nothing is handed off ${until(at + forMs)}${why === 'handover' ? '' : ' (ON_HUMAN_REPLY=hold)'}`,
        `${callOf('POST', '/admin/conversations/:phone/release', conversationId)} ends that; HUMAN_REPLY_HOLD sets how long`,
      );
    case 'cleared':
      return said(
        `${what}: what was pending was removed (ON_HUMAN_REPLY=clear)`,
        'ON_HUMAN_REPLY=hold keeps it',
      );
    case 'released':
      return said('Humans are done with the conversation: the bot answers again');
    case 'nothing':
      return said(what);
  }
}

export function wordsOfHold({ isHeld, until: end, by: who, conversationId }: Of<'hold'>): Words {
  if (!isHeld) return said(`Released${by(who)}`);
  return said(
    `Held${by(who)}: nothing is handed off ${until(end)}`,
    `${callOf('POST', '/admin/conversations/:phone/release', conversationId)} ends it`,
  );
}

export function wordsOfMute({ isMuted, until: end, by: who, conversationId }: Of<'mute'>): Words {
  if (!isMuted) return said(`The bot may speak again${by(who)}`);
  const unmute = callOf('POST', '/admin/conversations/:phone/unmute', conversationId);
  return said(`The bot is muted${by(who)} ${until(end)}: nothing is answered`, unmute);
}

export function wordsOfOperator({ act, by: who, detail }: Of<'operator'>): Words {
  return said(`An operator’s ${act}${by(who)}${detail === undefined ? '' : `: ${detail}`}`);
}
