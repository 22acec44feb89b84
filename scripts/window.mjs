import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { provideBuild } from './demo/own-system.mjs';
import { inRoot, runScript } from './setup/steps.mjs';

const MAIN = inRoot('dist', 'apps', 'window', 'src', 'main.js');

await runScript(async () => {
  // A build that is there stays: the system whose history is read may run from it.
  if (!existsSync(MAIN)) await provideBuild();
  await import(pathToFileURL(MAIN).href);
});
