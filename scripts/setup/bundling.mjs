import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inRoot } from './steps.mjs';

/** Packages that look for files next to their own. */
const WITH_FILES = /^(@bull-board\/ui|swagger-ui-dist|msgpackr-extract)(\/|$)/;
const RESOLVED = Symbol('resolved');

/**
 * What stays outside: those, the optional peers of Nest, which are not there, and packages that have a bundle of their own.
 *
 * @param {ReadonlySet<string>} others
 * @returns {import('esbuild').Plugin}
 */
const externals = (others) => ({
  name: 'externals',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === RESOLVED) return undefined;
      if (WITH_FILES.test(path) || others.has(path)) return { path, external: true };
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
});

/**
 * Lets esbuild see what packages of Nest require by a function of their own: left to Node, it is found and read file by
 * file, and `class-validator` a second time.
 *
 * @type {import('esbuild').Plugin}
 */
const requireOfNest = {
  name: 'require-of-nest',
  setup(build) {
    build.onLoad({ filter: /[\\/]@nestjs[\\/].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replace('const require = createRequire(import.meta.url);', '') };
    });
  },
};

/** Whether a package can be part of a bundle. */
export function fitsIn(/** @type {string} */ name) {
  return !WITH_FILES.test(name);
}

/**
 * Packs each entry with its dependencies into one file, for Node.
 *
 * @param {import('esbuild').BuildOptions} options its entries, and where the files go
 * @param {ReadonlySet<string>} others names of packages that stay outside
 */
export async function bundle(options, others = new Set()) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: inRoot(),
    bundle: true,
    platform: 'node',
    // The packages' own conditions only, as Node resolves them.
    conditions: [],
    // Nest and class-validator go by the names of classes.
    keepNames: true,
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    // Every start, and every spec file, reads them anew. Node and Jest print the line that an error comes from.
    minifyWhitespace: true,
    lineLimit: 200,
    legalComments: 'none',
    plugins: [externals(others), requireOfNest],
    logLevel: 'error',
    ...options,
    write: false,
  });
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, inAscii(text));
    }),
  );
}

/** esbuild leaves other characters only in regular expressions. A text without any is read, and kept, at half the cost. */
function inAscii(/** @type {string} */ text) {
  return text.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
