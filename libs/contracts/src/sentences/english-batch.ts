/** What is said of a batch, and of what it waits for. */
export const BATCH_SENTENCES = {
  'filling.silence': 'Not handed off yet: {messages}; waits for the customer’s silence[, until {dueAt}]',
  'filling.transcript':
    'Not handed off yet: {messages}; waits for the words of a voice note[, until {dueAt}]',
  'filling.typing': 'Not handed off yet: {messages}; waits while the customer types[, until {dueAt}]',
  'filling.held': 'Held: {messages}[, until {dueAt}]',
  'filling.held.mend': '{release} ends the hold',
  'filling.slowed':
    'More than MAX_MESSAGES_PER_MINUTE: {messages}; waits for the end of the minute[, until {dueAt}]',
  'filling.slowed.mend': '{flush} does not wait',
  'filling.paused': 'Hand-off is paused: {messages} until it is resumed',
  'filling.paused.mend': '{resume}',
  'filling.bot': 'The bot has the batch before: {messages} until its turn is over',
  'filling.claimed': 'A batcher is handing off what came before: {messages} behind it',
  'filling.due': 'Due: {messages} for a batcher’s next look',
  'filling.set-aside': 'The conversation is damaged and set aside: {messages} until it is repaired',
  'filling.set-aside.mend': '{repair}',
  'handed-off':
    'Handed off: {messages}[, over {openMs}], because {reason}[ for {silenceMs}][ (window {windowMs}: {rule})][ (window {habitMs}: {level}: split {splits} of the last {turns} turns)][; {kind}][; supersedes {supersedes}][; repeats {replayOf}]',
  'waiting.worker': 'On the queue: no worker has begun it',
  'waiting.bot': 'The bot has it',
  'waiting.bot-again': 'The bot is asked again: {error}',
  'waiting.reply': 'The bot has promised a reply[, since {sinceAt}]',
  'waiting.reply.mend':
    'Look into the bot’s log; without a reply within TURN_MAX the batch becomes a dead letter',
  'waiting.bot-away':
    'The bot is away[ since {sinceAt}][: {error}]; nothing is lost, and it is asked again by itself',
  'waiting.bot.mend': 'Start the bot, or let BOT_URL lead to it; messages wait for it up to BOT_OUTAGE_MAX',
  'waiting.retry': 'To be tried again[: {error}]',
  'waiting.retry.mend': 'Mend what the error says; it is tried again by itself',
  'waiting.turn': 'Waits for the batch before it',
  'waiting.window': 'The bot has answered; the answer waits for its time, or for its next reply’s',
  superseded: 'A later batch has these messages: nothing of the answer to this one is sent',
  muted: 'The bot is muted: it was not called, or nothing of its answer is sent',
  'muted.mend': '{unmute}',
  'muted.off':
    'The bot is off for the company {company}: it was not called, or nothing of its answer is sent',
  'muted.off.mend': '{botOn}',
  'muted.over': 'The bot was muted or off: it was not called, or nothing of its answer is sent',
  'muted.over.mend': '{replay} asks it now',
  late: 'The conversation had gone on before the bot answered: nothing of the answer is sent',
  'late.mend': 'Raise TURN_MAX if the bot takes so long; {replay} asks it again',
  'dead-letter.batcher': 'Could not be handed off: {error}. It is a dead letter, and waits for you',
  'dead-letter.worker': 'Not answered: {error}. It is a dead letter, and waits for you',
  'dead-letter.mend': 'When the cause is mended: {redrive}',
} as const;
