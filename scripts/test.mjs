import { providePrometheus } from './setup/prometheus.mjs';
import { runScript } from './setup/steps.mjs';
import { runTests } from './setup/tests.mjs';

await runScript(() => runTests(process.argv.slice(2), providePrometheus));
