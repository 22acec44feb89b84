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

/** Packages that know each other's insides, and so are one file; each other one is a file of its own. */
const TOGETHER = [/^(@nestjs|@bull-board|rxjs|reflect-metadata|class-\w+)(\/|$)/, /^(bullmq|ioredis)(\/|$)/];

/**
 * Packs the packages that specs import into a few files, and makes a module of each one's name that takes it from there;
 * `jest.config.cjs` maps the names to these. Jest loads modules anew for every spec file: 2,300 of them cost a spec more
 * than its tests, and one file of all packages still a quarter of it.
 *
 * @param {string} parent of the folder that is made; below `node_modules`, so that Jest takes it for packages
 */
export async function bundlePackages(parent) {
  const folder = join(parent, 'node_modules', '.packages');
  const { dependencies } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const names = [...Object.keys(dependencies), ...MORE].filter(fitsIn);
  await Promise.all(groupsOf(names).map((group, i) => bundleGroup(join(folder, `${i}.js`), group, names)));
  await writeFile(join(folder, 'names.json'), JSON.stringify(names));

  /** Packs some of the packages into one file, which asks Jest for the others. */
  async function bundleGroup(
    /** @type {string} */ outfile,
    /** @type {string[]} */ group,
    /** @type {string[]} */ all,
  ) {
    const options = {
      stdin: { contents: group.map(loaderOf).join('\n'), resolveDir: inRoot() },
      outfile,
      // Jest's own `require` finds what stays outside; it has no `import()`.
      supported: { 'dynamic-import': false },
    };
    await bundle(options, new Set(all.filter((name) => !group.includes(name))));
    await Promise.all(
      group.map(async (name) => {
        const path = join(folder, 'of', `${name}.js`);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(
          path,
          `module.exports = require(${JSON.stringify(outfile)})[${JSON.stringify(name)}]();\n`,
        );
      }),
    );
  }
}

function groupsOf(/** @type {string[]} */ names) {
  const alone = names.filter((name) => !TOGETHER.some((group) => group.test(name)));
  return [
    ...TOGETHER.map((group) => names.filter((name) => group.test(name))),
    ...alone.map((name) => [name]),
  ];
}

function loaderOf(/** @type {string} */ name) {
  const quoted = JSON.stringify(name);
  return `exports[${quoted}] = () => require(${quoted});`;
}
