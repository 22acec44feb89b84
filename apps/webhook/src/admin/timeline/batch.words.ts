import type { BatchEntry, Finding } from '@app/batching';
import type { FlushReason } from '@app/contracts';
import { callOf, many, type Of, said, seconds, timeOf, type Words } from './words';

/** What ended a window. */
const REASONS: Record<FlushReason, string> = {
  quiet: 'the customer was silent',
  'max-size': 'MAX_BATCH_SIZE was reached',
  'max-bytes': 'MAX_BATCH_BYTES was reached',
  'max-wait': 'BATCH_MAX_WAIT was over',
  'max-rate': 'more than MAX_MESSAGES_PER_MINUTE had come, and the minute was over',
  direct: 'a message came that is due at once',
  manual: 'an operator flushed it',
  shutdown: 'a batcher stopped (SHUTDOWN_FLUSH)',
  replay: 'an operator replayed it',
};

/** @param findings between the processes, as of now. */
export function wordsOfBatch(entry: Of<'batch'>, findings: readonly Finding[]): Words {
  const count = many(entry.messages, 'message');
  switch (entry.state) {
    case 'filling':
      return filling(entry, count, findings);
    case 'handed-off':
      return handedOff(entry, count);
    case 'waiting':
      return waiting(entry, findings);
    case 'superseded':
      return said('A later batch has these messages: nothing of the answer to this one is sent');
    case 'muted':
      return said(
        'The bot is muted: it was not called, or nothing of its answer is sent',
        callOf('POST', '/admin/conversations/:phone/unmute', entry.conversationId),
      );
    case 'late':
      return said(
        'The conversation had gone on before the bot answered: nothing of the answer is sent',
        `Raise TURN_MAX if the bot takes so long; POST /admin/history/${entry.batchId}/replay asks it again`,
      );
    case 'dead-letter':
      return said(
        entry.stage === 'batcher'
          ? `Could not be handed off: ${entry.error}. It is a dead letter, and waits for you`
          : `Not answered: ${entry.error}. It is a dead letter, and waits for you`,
        `When the cause is mended: POST /admin/dead-letters/${entry.batchId}/redrive`,
      );
  }
}

function filling(
  { waitsFor = 'silence', dueAt, conversationId }: BatchEntry & { conversationId: string },
  count: string,
  findings: readonly Finding[],
): Words {
  const release = callOf('POST', '/admin/conversations/:phone/release', conversationId);
  const due = dueAt === null || dueAt === undefined ? '' : `, until ${timeOf(dueAt)}`;
  switch (waitsFor) {
    case 'silence':
      return said(`Not handed off yet: ${count}; waits for the customer’s silence${due}`);
    case 'typing':
      return said(`Not handed off yet: ${count}; waits while the customer types${due}`);
    case 'held':
      return said(`Held: ${count}${due}`, `${release} ends the hold`);
    case 'slowed':
      return said(
        `More than MAX_MESSAGES_PER_MINUTE: ${count}; waits for the end of the minute${due}`,
        `${callOf('POST', '/admin/batches/:phone/flush', conversationId)} does not wait`,
      );
    case 'paused':
      return said(`Hand-off is paused: ${count} until it is resumed`, 'POST /admin/resume');
    case 'bot':
      return said(`The bot has the batch before: ${count} until its turn is over`);
    case 'claimed':
      return said(`A batcher is handing off what came before: ${count} behind it`);
    case 'due':
      return said(`Due: ${count} for a batcher’s next look`, mendOf('no-batcher', findings));
    case 'set-aside':
      return said(
        `The conversation is damaged and set aside: ${count} until it is repaired`,
        `POST /admin/set-aside/${conversationId}/repair`,
      );
  }
}

function handedOff(
  { reason, messages, openMs = 0, silenceMs = 0, window, supersedes = [], final, replayOf }: BatchEntry,
  count: string,
): Words {
  const why = reason ? REASONS[reason] : 'due';
  const length = messages > 1 ? `, over ${seconds(openMs)}` : '';
  const quiet = reason === 'quiet' ? ` for ${seconds(silenceMs)}` : '';
  const rule = window ? ` (window ${seconds(window.ms)}: ${window.why})` : '';
  const notes = [
    final === false ? 'a draft' : '',
    supersedes.length > 0 ? `supersedes ${supersedes.join(', ')}` : '',
    replayOf === undefined ? '' : `repeats ${replayOf}`,
  ].filter((note) => note !== '');
  const more = notes.length > 0 ? `; ${notes.join('; ')}` : '';
  return said(`Handed off: ${count}${length}, because ${why}${quiet}${rule}${more}`);
}

const START_BOT = 'Start the bot, or let BOT_URL lead to it; messages wait for it up to BOT_OUTAGE_MAX';

function waiting({ awaits = 'bot', since, error }: BatchEntry, findings: readonly Finding[]): Words {
  const because = error === undefined ? '' : `: ${error}`;
  switch (awaits) {
    case 'worker':
      return said('On the queue: no worker has begun it', mendOf('no-worker', findings));
    case 'bot':
      return error === undefined
        ? said('The bot has it')
        : said(`The bot is asked again${because}`, START_BOT);
    case 'reply':
      return said(
        `The bot has promised a reply${since === undefined ? '' : `, since ${timeOf(since)}`}`,
        'Look into the bot’s log; without a reply within TURN_MAX the batch becomes a dead letter',
      );
    case 'bot-away':
      return said(
        `The bot is away${since === undefined ? '' : ` since ${timeOf(since)}`}${because}; nothing is lost, and it is asked again by itself`,
        START_BOT,
      );
    case 'retry':
      return said(
        `To be tried again${because}`,
        since === undefined ? 'Mend what the error says; it is tried again by itself' : START_BOT,
      );
    case 'turn':
      return said('Waits for the batch before it');
    case 'window':
      return said('The bot has answered; the answer waits for its time, or for its next reply’s');
  }
}

function mendOf(code: Finding['code'], findings: readonly Finding[]): string | null {
  const found = findings.find((finding) => finding.code === code);
  return found ? `${found.message}. ${found.check}` : null;
}
