import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startAssistant } from './demo/assistant.mjs';
import { startBot } from './demo/bot.mjs';
import { play } from './demo/conversation.mjs';
import { Client } from './demo/client.mjs';
import { provideBuild, startOwnSystem } from './demo/own-system.mjs';
import { View } from './demo/view.mjs';
import { readEnvironment, secretIn } from './setup/environment.mjs';
import { runScript, SetupError } from './setup/steps.mjs';

const HELP = `Plays a recorded customer's conversation and shows what becomes of it.

  npm run demo -- [options]

  --speed N     so many times as fast (default 1)
  --url URL     the system to play into (default http://localhost:3000, or PORT); without one, the demo starts its own
  --bot         with an example bot, and a stand-in for the gateway that its answer goes to; in a system of the demo's own
  --ai          the same with the assistant, a stand-in for its model and one for the salon; needs no key
  --phone N     the customer (default 79001234567)
  --key KEY     the system's ADMIN_API_KEY, where it has one
  --secret S    the system's WEBHOOK_SECRET, where it has one
`;

await runScript(async () => {
  const { PORT = '3000', ADMIN_API_KEY = '', WEBHOOK_SECRET = '' } = readEnvironment();
  const { values } = parseArgs({
    options: {
      speed: { type: 'string', default: '1' },
      url: { type: 'string', default: `http://localhost:${PORT}` },
      phone: { type: 'string', default: '79001234567' },
      key: { type: 'string', default: secretIn(ADMIN_API_KEY) },
      secret: { type: 'string', default: secretIn(WEBHOOK_SECRET) },
      bot: { type: 'boolean', default: false },
      ai: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const speed = Number(values.speed);
  if (!(speed > 0)) throw new SetupError('--speed must be a number above 0.');

  const view = new View();
  const found = new Client(values.url, values);
  // The bot's own dependency may have to be installed first.
  if (values.bot || values.ai) await provideBuild();
  const bot = values.ai ? await startAssistant() : values.bot ? await startBot(view) : null;
  const own = bot === null && (await found.isReady()) ? null : await startOwnSystem(speed, bot?.env);
  try {
    const client = own ? new Client(own.url) : found;
    view.say(own ? reason(values, bot) : `playing into ${values.url}`);
    await play({
      client,
      view,
      speed,
      phone: values.phone,
      run: `demo-${randomUUID().slice(0, 8)}`,
      thinks: bot?.thinks,
    });
    if (bot) view.reply(await bot.reply());
    if (bot?.booked) view.say(await bot.booked());
  } finally {
    view.end();
    await own?.stop();
    await bot?.stop();
  }
});

function reason(/** @type {{ url: string, ai: boolean }} */ { url, ai }, /** @type {object | null} */ bot) {
  const where = "playing into a system of the demo's own";
  if (bot) return `${where}, with ${ai ? 'the assistant' : 'the bot of examples/echo-bot'}`;
  return `nothing listens at ${url}: ${where}`;
}
