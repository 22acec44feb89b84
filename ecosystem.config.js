// For PM2: `npm run build`, then `pm2 start ecosystem.config.js`. Where AI_URL is set, in the environment or in `.env`, the
// assistant is among them: `npm run build:assistant` before, and for the worker BOT_URL=http://127.0.0.1:3003/,
// BOT_ALLOW_PRIVATE=true and BOT_SECRET, which the assistant needs too.
//
// `pm2 restart NAME` starts a process again with the environment that PM2 remembers from its first start. After a
// change in the shell it needs `pm2 restart NAME --update-env`, which takes new values over but never forgets a variable
// that is gone: for that, `pm2 kill` and start anew from a clean shell, for the daemon remembers too. Better: keep the settings in `.env`, which is read
// anew at every start, and out of the shell, which goes before it. Where the two differ, the first log lines say so;
// `GET /admin/config` shows what a process really runs with, and from where.

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const shared = {
  // Wherever PM2 is called from: `dist/` and `.env` lie here.
  cwd: __dirname,
  node_args: '--enable-source-maps',
  // A shutdown finishes what is in hand, for 25 s at most.
  kill_timeout: 27_000,
  // 78: the configuration is wrong, and starting again changes nothing. PM2 7 shows `waiting restart` then, because of
  // the delay below, yet leaves it alone until it is started by hand.
  stop_exit_codes: [78],
  // ms, growing to 15 s. Without it PM2 gives up for good after 16 short lives.
  exp_backoff_restart_delay: 200,
};

const assistant = {
  ...shared,
  name: 'ai-admin-assistant',
  script: 'dist/apps/assistant/src/main.js',
  exec_mode: 'fork',
  instances: 1,
};

module.exports = {
  apps: [
    {
      ...shared,
      name: 'ai-admin-api',
      script: 'dist/apps/webhook/src/main.js',
      // Semi-spaces of 32 MB: with many connections, collecting its garbage was a tenth of a request.
      node_args: `${shared.node_args} --max-semi-space-size=32`,
      // In a cluster, even of one, `pm2 reload` starts the new process before it stops the old.
      exec_mode: 'cluster',
      instances: 1,
      // It says that it is ready once it listens; it may wait 30 s for its Redis first (REDIS_BOOT_WAIT).
      wait_ready: true,
      listen_timeout: 40_000,
    },
    {
      ...shared,
      name: 'ai-admin-batch-processor',
      script: 'dist/apps/batcher/src/main.js',
      // Semi-spaces of 2 MB keep it 20 MB smaller, and cost nothing that a process notices that waits for Redis.
      node_args: `${shared.node_args} --max-semi-space-size=2`,
      // No `wait_ready` here: PM2 7 would start a second one, unknown to it, where it restarts one that waits for Redis.
      exec_mode: 'fork',
      instances: 1,
      // Handing off 1,000 batches a second it takes 220 MB.
      max_memory_restart: '400M',
    },
    {
      ...shared,
      name: 'ai-admin-worker',
      script: 'dist/apps/worker/src/main.js',
      exec_mode: 'fork',
      instances: 1,
    },
    ...(hasAssistant() ? [assistant] : []),
  ],
};

function hasAssistant() {
  if (process.env.AI_URL) return true;
  const file = join(__dirname, '.env');
  return existsSync(file) && /^\s*(?:export\s+)?AI_URL\s*=\s*[^\s#]/m.test(readFileSync(file, 'utf8'));
}
