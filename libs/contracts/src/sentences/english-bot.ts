/** What is said of a call of the bot, and of its replies. */
export const BOT_SENTENCES = {
  'attempt.told': 'The bot was told that its answer stands, and answered {status} in {tookMs}',
  'attempt.answered': 'The bot answered {status} in {tookMs} (call {attempt}[, {kind}])',
  'attempt.silent': 'The bot answered {status} in {tookMs} (call {attempt}[, {kind}]), and said nothing',
  'attempt.silent.mend': 'It decided so: look into the bot’s log',
  'attempt.no-bot': 'No bot is configured: the message was logged and taken off the queue',
  'attempt.no-bot.mend': 'Set BOT_URL',
  'attempt.not-understood':
    'The bot answered {status} in {tookMs} with something that is not understood ({shape}): {replies} of it are sent',
  'attempt.not-understood.mend':
    'Let it answer {"reply": "…"}, or set BOT_PRESET or BOT_REPLY; GET /admin/unreadable shows the answer',
  'attempt.needs-final':
    'The bot wants to be asked again when the message is final, {tookMs} (call {attempt})',
  'attempt.promised':
    'The bot answered {status} in {tookMs} (call {attempt}[, {kind}]): its reply comes later',
  'attempt.declined': 'The bot took its answer back after it was committed, in {tookMs}: nothing is sent',
  'attempt.declined.mend': 'The bot answered 409 to the notice of the commit: its own log says why',
  'attempt.unavailable': 'The bot did not answer, {tookMs} (call {attempt}[, {kind}]): {error}',
  'attempt.unavailable.mend':
    'See whether the bot runs, and whether BOT_URL leads to it; it is asked again by itself',
  'attempt.refused': 'The bot refused it, {tookMs} (call {attempt}[, {kind}]): {error}',
  'attempt.refused.mend': 'Mend what the error says, then {redrive}',
  'attempt.refused.key.mend':
    'The bot wants another key: correct BOT_API_KEY, or BOT_SECRET of a bot of your own, restart the workers, then {redrive}',
  'attempt.refused.nowhere.mend':
    'Nothing is there where BOT_URL leads: correct it and restart the workers, or start what it names (in n8n: activate the workflow), then {redrive}',
  'attempt.interrupted':
    'The call was broken off after {tookMs}[ ({kind})]: its messages were superseded, or the worker stopped',
  'reply.sent': 'Reply {nth} sent by {gateway}',
  'reply.simulated': 'Reply {nth} is shown here: a simulated customer is sent nothing',
  'reply.logged': 'Reply {nth} went nowhere but into the log: no sender is configured for {gateway}',
  'reply.logged.mend': 'Set {variable}, and restart the workers; {replay} asks the bot again',
  'reply.no-sender.mend': 'Messages of this gateway cannot be answered by Rapid-Fire',
  'reply.unknown': 'Reply {nth} may or may not have been sent[: {error}]; it is not sent again',
  'reply.unknown.mend': 'Look into the chat, and answer by hand if it is not there',
  'reply.unsent': 'Reply {nth} is not sent yet[: {error}]',
  'reply.unsent.mend': 'It is tried again by itself; mend what the error says',
  'reply.refused': '{gateway} refuses reply {nth}[: {error}]',
  'reply.refused.mend': 'Mend what the error says, then {redrive}',
  'reply.undelivered': 'Reply {nth} was not delivered, as {gateway} says[: {error}]',
  'reply.undelivered.mend': 'Mend what the error says; answer by hand, it is not sent again',
  'reply.other': 'Reply {nth}: {state}',
} as const;
