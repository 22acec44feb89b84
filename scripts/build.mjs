import { buildAnew } from './setup/build.mjs';
import { runScript } from './setup/steps.mjs';

await runScript(() => buildAnew());
