import { senderVariableOf } from '@app/gateways';
import { many, type Of, said, seconds, type Words } from './words';

export function wordsOfAttempt(entry: Of<'attempt'>): Words {
  const { outcome, status, ms, error = 'no answer', attempt, batchId } = entry;
  const which = attempt === null ? 'told that its answer stands' : `call ${attempt}`;
  const took = `${seconds(ms)} (${which}${entry.final ? '' : ', a draft'})`;
  switch (outcome) {
    case 'answered':
      return answered(entry, took);
    case 'promised':
      return said(`The bot answered ${status} in ${took}: its reply comes later`);
    case 'declined':
      return said(
        `The bot took its answer back after it was committed, in ${took}: nothing is sent`,
        'The bot answered 409 to the notice of the commit: its own log says why',
      );
    case 'unavailable':
      return said(
        `The bot did not answer, ${took}: ${error}`,
        'See whether the bot runs, and whether BOT_URL leads to it; it is asked again by itself',
      );
    case 'refused':
      return said(
        `The bot refused it, ${took}: ${error}`,
        `Mend what the error says, then POST /admin/dead-letters/${batchId}/redrive`,
      );
    case 'interrupted':
      return said(
        `The call was broken off after ${took}: its messages were superseded, or the worker stopped`,
      );
  }
}

function answered(
  { status, replies = 0, notUnderstood, needsFinal, attempt }: Of<'attempt'>,
  took: string,
): Words {
  if (status === null)
    return said('No bot is configured: the message was logged and taken off the queue', 'Set BOT_URL');
  if (notUnderstood !== undefined)
    return said(
      `The bot answered ${status} in ${took} with something that is not understood (${notUnderstood}): ${replies === 0 ? 'nothing' : many(replies, 'reply', 'replies')} of it is sent`,
      'Let it answer {"reply": "…"}, or set BOT_PRESET or BOT_REPLY; GET /admin/unreadable shows the answer',
    );
  if (needsFinal) return said(`The bot wants to be asked again when the message is final, ${took}`);
  if (replies > 0 || attempt === null) return said(`The bot answered ${status} in ${took}`);
  return said(
    `The bot answered ${status} in ${took}, and said nothing`,
    'It decided so: look into the bot’s log',
  );
}

export function wordsOfReply({ state, gateway, batchId, reply, ...entry }: Of<'reply'>): Words {
  const error = 'error' in entry ? `: ${entry.error}` : '';
  const which = `Reply ${reply + 1}`;
  switch (state) {
    case 'sent':
      return said(`${which} sent by ${gateway}`);
    case 'logged': {
      const variable = senderVariableOf(gateway);
      return said(
        `${which} went nowhere but into the log: no sender is configured for ${gateway}`,
        variable === null
          ? 'Messages of this gateway cannot be answered by Rapid-Fire'
          : `Set ${variable}, and restart the workers; POST /admin/history/${batchId}/replay asks the bot again`,
      );
    }
    case 'unknown':
      return said(
        `${which} may or may not have been sent${error}; it is not sent again`,
        'Look into the chat, and answer by hand if it is not there',
      );
    case 'unsent':
      return said(
        `${which} is not sent yet${error}`,
        'It is tried again by itself; mend what the error says',
      );
    case 'refused':
      return said(
        `${gateway} refuses ${which.toLowerCase()}${error}`,
        `Mend what the error says, then POST /admin/dead-letters/${batchId}/redrive`,
      );
    case 'undelivered':
      return said(
        `${which} was not delivered, as ${gateway} says${error}`,
        'Mend what the error says; answer by hand, it is not sent again',
      );
    default:
      return said(`${which}: ${state}`);
  }
}
