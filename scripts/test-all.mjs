import { provideChromium } from './setup/chromium.mjs';
import { EVERY_SPEC, LONG_TESTS } from './setup/long-tests.mjs';
import { providePrometheus } from './setup/prometheus.mjs';
import { runScript } from './setup/steps.mjs';
import { runTests } from './setup/tests.mjs';
import { provideValkey } from './setup/valkey.mjs';

// `--rest`: only what `npm test` leaves out, to run after it.
const paths = process.argv.includes('--rest') ? LONG_TESTS : [];

await runScript(() =>
  runTests([...paths, ...EVERY_SPEC], async () => {
    await provideValkey();
    return { ...(await providePrometheus()), CHROMIUM: await provideChromium() };
  }),
);
