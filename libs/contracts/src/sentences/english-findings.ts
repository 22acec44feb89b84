const COMPARE = 'compare REDIS_URL and KEY_PREFIX of both (first log lines, or GET /admin/config)';

/** What is wrong between the processes, or with what one of them needs, and what to look at. */
export const FINDING_SENTENCES = {
  'no-batcher': 'No batcher on the Redis at {place}: {effect}',
  'no-batcher.mend': `See whether a batcher runs (ai-admin-batch-processor); ${COMPARE}`,
  'no-webhook': 'No webhook on the Redis at {place}: no new messages can come',
  'no-webhook.mend': `See whether a webhook runs (ai-admin-api); ${COMPARE}`,
  'no-worker':
    'No worker on the Redis at {place}: merged messages are safe on the queue, but no bot gets them',
  'no-worker.mend':
    'See whether a worker runs (ai-admin-worker), or your own consumer; compare REDIS_URL, KEY_PREFIX and QUEUE_NAME. Where none is wanted any more: BUSY_POLICY=parallel',
  'environments-differ': 'The {who} is {theirs}, this process is {ours}, and both use one Redis',
  'environments-differ.mend': 'See whether REDIS_URL leads where you think; a tunnel may end in production',
  'settings-differ': 'The {who} has other settings: {differing}',
  'settings-differ.mend': 'Give both the same, and restart them: under PM2 with --update-env',
  'bot-away': 'The bot[ of {company}] has not answered the worker on {host} since {sinceAt}: {error}',
  'bot-away.mend':
    'See whether the bot runs, and whether BOT_URL leads to it; messages wait for it, up to BOT_OUTAGE_MAX',
  'too-many-turns':
    'The worker on {host} has had {conversations} held lately: each had MAX_TURNS_PER_HOUR turns within an hour',
  'too-many-turns.mend':
    'See GET /admin/steered and what was said there: a bot that hears itself, or two bots in talk; release the hold once that is mended',
  'not-consuming':
    'The worker on {host} takes no jobs off the queue: nothing of what waits there is answered',
  'not-consuming.mend':
    'It says: {error}. See its log, where its REDIS_URL leads, and what its user may run there',
  'no-sender': 'No sender is configured for {gateway}: replies to its customers go nowhere but into the log',
  'no-sender.mend': 'Set {variable}, and restart the workers',
  'no-sender.never.mend': 'Messages of this source cannot be answered; let the bot reply by itself',
  'bot-not-understood':
    'The bot answers with something that is no reply ({shape}): customers are sent nothing of it',
  'bot-not-understood.mend':
    'See GET /admin/unreadable for what it says; let it answer {"reply": "…"}, or set BOT_PRESET or BOT_REPLY',
  'dead-letters': 'Dead letters wait for you: {what}',
  'dead-letters.mend':
    'See GET /admin/dead-letters for each and its error; when that is mended, POST /admin/dead-letters/:batchId/redrive',
  'set-aside': '{conversations} are not as they should be and were set aside: what they hold waits',
  'set-aside.mend': 'See GET /admin/set-aside for each and its reason; POST /admin/set-aside/:id/repair',
  'companies-file': 'The companies file on {host} has {problems}: {first}',
  'company-settings':
    'What the company {company} was given at run time does not fit its other settings ({problems}): {first}',
  'company-settings.mend':
    'PUT what fits, or DELETE, /admin/companies/{company}/settings; until then only the switch of its bot is in effect',
  'companies-file.mend':
    'Mend the lines that the log names; until then what the file said before stays in effect',
} as const;
