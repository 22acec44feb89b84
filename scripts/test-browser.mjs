import { provideChromium } from './setup/chromium.mjs';
import { runScript } from './setup/steps.mjs';
import { runTests } from './setup/tests.mjs';

await runScript(() =>
  runTests([...process.argv.slice(2), '--testMatch', '**/*.browser-spec.ts'], async () => ({
    CHROMIUM: await provideChromium(),
  })),
);
