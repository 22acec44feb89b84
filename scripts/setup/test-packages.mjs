import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundle, fitsIn } from './bundling.mjs';
import { inRoot } from './steps.mjs';

/** What specs import besides the packages of `dependencies`. */
const MORE = [
  '@nestjs/common/constants.js',
  '@nestjs/common/internal',
  '@nestjs/testing',
  'fast-check',
  'ioredis/built/connectors',
  'ioredis/built/connectors/StandaloneConnector',
];

/**
 * Packs the packages that specs import into one file, and makes a module of each one's name that takes it from there;
 * `jest.config.cjs` maps the names to these. Jest loads modules anew for every spec file, and 2,300 of them cost a
 * spec more than its tests.
 *
 * @param {string} parent of the folder that is made; below `node_modules`, so that Jest takes it for packages
 */
export async function bundlePackages(parent) {
  const folder = join(parent, 'node_modules', '.packages');
  const { dependencies } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const names = [...Object.keys(dependencies), ...MORE].filter(fitsIn);
  const all = join(folder, 'all.js');
  await bundle({
    stdin: { contents: names.map(loaderOf).join('\n'), resolveDir: inRoot() },
    outfile: all,
    // Jest's own `require` finds what stays outside; it has no `import()`.
    supported: { 'dynamic-import': false },
  });
  await Promise.all(
    names.map(async (name) => {
      const path = join(folder, 'of', `${name}.js`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `module.exports = require(${JSON.stringify(all)})[${JSON.stringify(name)}]();\n`);
    }),
  );
  await writeFile(join(folder, 'names.json'), JSON.stringify(names));
}

function loaderOf(/** @type {string} */ name) {
  const quoted = JSON.stringify(name);
  return `exports[${quoted}] = () => require(${quoted});`;
}
