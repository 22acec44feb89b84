import { bundleApplications } from './setup/bundles.mjs';
import { SHORT_FORMS, withoutLongTests } from './setup/long-tests.mjs';
import { providePrometheus } from './setup/prometheus.mjs';
import { runScript } from './setup/steps.mjs';
import { runTests } from './setup/tests.mjs';

const chosen = process.argv.slice(2);

// Named tests run whole; without a name, the tests run that show a newcomer in a few minutes that all is well.
await runScript(() =>
  chosen.length > 0
    ? runTests(chosen, providePrometheus)
    : runTests(withoutLongTests(), async () => ({
        ...SHORT_FORMS,
        RAPID_FIRE_BUNDLES: await bundleApplications(),
      })),
);
