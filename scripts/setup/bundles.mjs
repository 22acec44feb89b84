import { Stamp } from './stamp.mjs';
import { inRoot, say } from './steps.mjs';

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
 *
 * @returns {Promise<string>} the folder, with a file of the application's name each
 */
export async function bundleApplications() {
  if (await stamp.isOf('')) return FOLDER;
  say('bundling the applications for the tests');
  const { build } = await import('esbuild');
  await build({
    entryPoints: APPS,
    outdir: FOLDER,
    absWorkingDir: inRoot(),
    bundle: true,
    platform: 'node',
    // The packages' own conditions only, as Node resolves them.
    conditions: [],
    // Nest and class-validator go by the names of classes.
    keepNames: true,
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [externals],
    logLevel: 'error',
  });
  await stamp.write('');
  return FOLDER;
}

/** Packages that look for files next to their own, or are loaded only on demand. */
const WITH_FILES = /^(@bull-board\/.*|swagger-ui-dist|msgpackr-extract|pino-pretty)$/;
const RESOLVED = Symbol('resolved');

/**
 * What stays outside: those, and the optional peers of Nest, which are not there.
 *
 * @type {import('esbuild').Plugin}
 */
const externals = {
  name: 'externals',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === RESOLVED) return undefined;
      if (WITH_FILES.test(path)) return { path, external: true };
      const { importer, kind, namespace, resolveDir } = options;
      const found = await build.resolve(path, {
        importer,
        kind,
        namespace,
        resolveDir,
        pluginData: RESOLVED,
      });
      // Else esbuild finds it itself: an answer from here would not tell it what kind of module it is.
      return found.errors.length > 0 ? { path, external: true } : undefined;
    });
  },
};
