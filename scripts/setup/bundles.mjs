import { fingerprint } from './build.mjs';
import { bundle } from './bundling.mjs';
import { Stamp } from './stamp.mjs';
import { inRoot, say } from './steps.mjs';
import { bundlePackages } from './test-packages.mjs';

const APPS = {
  webhook: 'dist/apps/webhook/src/main.js',
  batcher: 'dist/apps/batcher/src/main.js',
  worker: 'dist/apps/worker/src/main.js',
  assistant: 'dist/apps/assistant/src/main.js',
  all: 'dist/src/main.js',
};
/** Inside what is built, so that it goes with it. */
const FOLDER = inRoot('dist', 'bundles');
const stamp = new Stamp(inRoot('dist', 'bundles', '.rapid-fire-bundled'));

/**
 * Packs each built application with its dependencies into one file, which starts in a third of the processor time: most
 * of a start is finding, reading and compiling two thousand files. For tests that start hundreds; nothing is shipped so.
 * The packages that specs load themselves become one file, too.
 *
 * @returns {Promise<string>} the folder, with a file of the application's name each
 */
export async function bundleApplications() {
  const sources = await fingerprint();
  if (await stamp.isOf(sources)) return FOLDER;
  say('bundling the applications for the tests');
  await bundle({ entryPoints: APPS, outdir: FOLDER });
  await bundlePackages(FOLDER);
  await stamp.write(sources);
  return FOLDER;
}
