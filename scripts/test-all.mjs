import { bundleApplications } from './setup/bundles.mjs';
import { EVERY_SPEC, LONG_TESTS } from './setup/long-tests.mjs';
import { runScript } from './setup/steps.mjs';
import { runTests } from './setup/tests.mjs';
import { provideTools } from './setup/tools.mjs';

// `--rest`: only what `npm test` leaves out, to run after it, and on the same bundles.
const isRest = process.argv.includes('--rest');

await runScript(() =>
  runTests([...(isRest ? LONG_TESTS : []), ...EVERY_SPEC], async () => ({
    ...(await provideTools()),
    ...(isRest ? { RAPID_FIRE_BUNDLES: await bundleApplications() } : {}),
  })),
);
