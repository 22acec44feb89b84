// Installs the dependencies where they are missing or out of date: for what comes before a build.
import { installDependencies } from './setup/dependencies.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { runScript } from './setup/steps.mjs';

await runScript(async () => {
  checkNodeVersion();
  await installDependencies();
});
