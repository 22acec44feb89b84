import { installAssistant } from './setup/assistant.mjs';
import { inRoot, run, runScript } from './setup/steps.mjs';

/**
 * The checks of the code, in two rows of about the same length, one for each core: ESLint, which knows types, takes as long as
 * all the others. Each row goes on behind a check that fails, so that one run says everything.
 */
const ROWS = [
  ['eslint . --max-warnings 0'],
  [
    'prettier --check --log-level warn .',
    'tsc --noEmit -p tsconfig.json',
    'tsc -p tsconfig.scripts.json',
    'tsc -p apps/console/tsconfig.json',
    'tsc --noEmit -p apps/assistant/tsconfig.json',
  ],
];
// Piped, they would not think that they may.
const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;

// Its types are needed, too.
await runScript(installAssistant);
const rows = await Promise.all(
  ROWS.map(async (checks) => {
    let isClean = true;
    for (const check of checks) isClean = (await passes(check)) && isClean;
    return isClean;
  }),
);
process.exitCode = rows.every(Boolean) ? 0 : 1;

async function passes(/** @type {string} */ check) {
  const [name = '', ...args] = check.split(' ');
  const { ok, output } = await run(inRoot('node_modules', '.bin', name), args, { env });
  if (!ok) console.log(`${output.trim()}\n\`${check}\` found fault.\n`);
  return ok;
}
