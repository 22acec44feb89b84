const { readFileSync } = require('node:fs');
const { join } = require('node:path');

// Nest 12 and some of its dependencies are ESM only, which Jest cannot require below Node 24.9:
// SWC turns these packages into CommonJS on the way in.
const esmOnly = [
  '@nestjs',
  '@scarf',
  'es-toolkit',
  'file-type',
  'uid',
  'load-esm',
  'strtok3',
  'token-types',
  '@tokenizer',
  'uint8array-extras',
  '@borewit',
  'ansis',
];

// A run on bundles takes the packages from one file, too (`scripts/setup/test-packages.mjs`).
const { RAPID_FIRE_BUNDLES: bundles } = process.env;
const packages = bundles === undefined ? {} : packagesIn(join(bundles, 'node_modules', '.packages'));

function packagesIn(folder) {
  const names = JSON.parse(readFileSync(join(folder, 'names.json'), 'utf8'));
  return { [`^(${names.join('|')})$`]: join(folder, 'of', '$1.js') };
}

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // Most tests wait for other processes most of the time, so more workers than cores are of use.
  maxWorkers: 4,
  // Real processes on a machine that may be busy: a bound that says "stuck", not "slow".
  testTimeout: 240_000,
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          // Class fields as `tsconfig.json` has them.
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: { '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index.ts', ...packages },
  testMatch: ['**/*.spec.ts', '**/*.integration-spec.ts', '**/*.e2e-spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/leak-guard.ts', '<rootDir>/test/support/quiet.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};
