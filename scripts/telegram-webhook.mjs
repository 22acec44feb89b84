import { parseArgs } from 'node:util';
import { readEnvironment } from './setup/environment.mjs';
import { runScript, say, SetupError } from './setup/steps.mjs';

const HELP = `Tells Telegram to post to this system's webhook, with its secret and the kinds of update that it reads.

  npm run telegram:webhook              registers PUBLIC_URL, and shows what Telegram says of it
  npm run telegram:webhook -- --info    only shows it

It takes PUBLIC_URL, TELEGRAM_BOT_TOKEN and TELEGRAM_SECRET_TOKEN from where the applications read them.
`;

/** What libs/gateways/src/telegram reads. Kinds that are not named do not come, business chats and reactions among them. */
const ALLOWED_UPDATES = [
  ...['message', 'edited_message', 'business_connection', 'business_message', 'edited_business_message'],
  ...['deleted_business_messages', 'callback_query', 'message_reaction', 'my_chat_member'],
];
const TIMEOUT_MS = 30_000;

const { PUBLIC_URL, TELEGRAM_BOT_TOKEN, TELEGRAM_SECRET_TOKEN, TELEGRAM_API_URL } = readEnvironment();

await runScript(async () => {
  const { values } = parseArgs({ options: { info: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  if (values.info) requireAll([noToken()]);
  else await register();
  const info = await call('getWebhookInfo', {});
  say(info.url ? `Telegram posts to ${info.url}` : 'Telegram posts nowhere');
  say(`${info.pending_update_count ?? 0} updates wait there for a connection, or for an answer of 2xx`);
  if (info.last_error_message) {
    const at = new Date(1000 * Number(info.last_error_date)).toISOString();
    say(`the last that failed: ${info.last_error_message}, ${at}`);
  }
});

async function register() {
  const base = PUBLIC_URL?.replace(/\/$/, '') ?? '';
  // The others are taken as well while it is replaced.
  const secret = TELEGRAM_SECRET_TOKEN?.split(',')[0]?.trim() ?? '';
  requireAll([
    !base && 'PUBLIC_URL is not set: the address at which the internet reaches the webhook.',
    base &&
      !(URL.canParse(base) && base.startsWith('https://')) &&
      'PUBLIC_URL must be an https:// address: Telegram posts to no other.',
    noToken(),
    !secret && 'TELEGRAM_SECRET_TOKEN is not set: make up 8 to 256 letters, digits, - and _.',
  ]);
  await call('setWebhook', {
    url: `${base}/webhook/telegram`,
    secret_token: secret,
    allowed_updates: ALLOWED_UPDATES,
  });
}

/**
 * @param {string} method
 * @param {object} parameters
 * @returns {Promise<Record<string, string | number | undefined>>} its result
 */
async function call(method, parameters) {
  const api = TELEGRAM_API_URL || 'https://api.telegram.org';
  const path = `bot${TELEGRAM_BOT_TOKEN}/${method}`;
  const answer = await fetch(`${api.replace(/\/$/, '')}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(({ cause, name }) => {
    // The address holds the token, so it is not shown.
    throw new SetupError(`Telegram's Bot API at ${api} cannot be reached (${cause?.code ?? name}).`);
  });
  /** @type {any} */
  const body = await answer.json().catch(() => ({}));
  const { ok, result, description } = body;
  if (ok) return result;
  const mend = [401, 404].includes(answer.status)
    ? ' See whether TELEGRAM_BOT_TOKEN is that of @BotFather.'
    : '';
  throw new SetupError(`Telegram refuses ${method}: ${description ?? `it answers ${answer.status}`}.${mend}`);
}

function noToken() {
  return !TELEGRAM_BOT_TOKEN && 'TELEGRAM_BOT_TOKEN is not set: @BotFather gives it.';
}

function requireAll(/** @type {(string | false)[]} */ problems) {
  const found = problems.filter(Boolean);
  if (found.length > 0) throw new SetupError(found.join('\n'));
}
