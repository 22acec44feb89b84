import js from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { importCycle } from './scripts/lint/import-cycle.mjs';

/** Each library, and those that it stands on. */
const LIBRARIES = {
  config: [],
  contracts: [],
  window: [],
  platform: ['config'],
  replies: ['config', 'contracts'],
  gateways: ['config', 'contracts', 'replies'],
  bots: ['config', 'contracts', 'platform'],
  batching: ['config', 'contracts', 'platform', 'window'],
  settings: ['batching', 'bots', 'config', 'contracts', 'gateways', 'platform', 'replies'],
};

/** The parts of `libs/batching/src`, from the ground up; the other files next to them are the roof. */
const FLOORS = [
  'config',
  'redis',
  'store',
  'queue',
  'processes',
  'timeline',
  'window',
  'changes',
  'batch.service.ts',
  'turns',
  'hand-off',
  'operators',
];

/** `src → apps → libs`, never back; a library is entered through its index, by its alias. */
const layers = {
  basePath: import.meta.dirname,
  zones: [
    { target: './libs', from: ['./apps', './src'], message: 'libs know nothing of the applications.' },
    {
      target: './libs',
      from: './test',
      except: ['./support'],
      message: 'specs next to the code use test/support.',
    },
    { target: './apps', from: './src', message: 'apps know nothing of the all-in-one process.' },
    {
      target: './apps',
      from: './test',
      except: ['./support'],
      message: 'specs next to the code use test/support.',
    },
    ...['webhook', 'batcher', 'worker', 'window', 'console', 'assistant'].map((app) => ({
      target: `./apps/${app}`,
      from: './apps',
      except: [`./${app}`],
      message: 'applications share code through libs only.',
    })),
    ...Object.entries(LIBRARIES).map(([lib, beneath]) => ({
      target: `./libs/${lib}`,
      from: './libs',
      except: [`./${lib}`, ...beneath.map((other) => `./${other}/src/index.ts`)],
      message: `@app/${lib} stands on ${beneath.join(' and ') || 'no other library'}, and knows nothing of their insides.`,
    })),
    ...FLOORS.map((part, floor) => ({
      target: part.endsWith('.ts')
        ? `./libs/batching/src/${part}`
        : `./libs/batching/src/${part}/**/!(*spec).ts`,
      from: [
        ...FLOORS.slice(floor + 1).map(
          (above) => `./libs/batching/src/${above.endsWith('.ts') ? `{${above},}` : `${above}/**/*`}`,
        ),
        './libs/batching/src/!(batch.service).ts',
      ],
      message: `${part} knows nothing of the floors above it.`,
    })),
  ],
};

const NO_POSITIONAL_UNDEFINED = {
  selector: 'NewExpression > Identifier[name="undefined"]',
  message: 'an argument that is left out belongs into an object of options.',
};

const NO_SPREAD_LITERAL = {
  selector: 'ObjectExpression > SpreadElement > ObjectExpression',
  message: 'write the fields out: a spread literal may have fields that its type does not know.',
};

/** Specs, and what only they use. */
const OF_TESTS = ['**/*.spec.ts', '**/*-spec.ts', '**/testing/**'];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.data/', 'node_modules/'] },
  js.configs.recommended,
  {
    // What we run reads strangers' texts: 80 KB stop a process whose pattern tries each part of them with every other.
    files: ['{apps,libs,src,examples,scripts}/**'],
    ignores: OF_TESTS,
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX, ours: { rules: { 'import-cycle': importCycle } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })] },
    rules: {
      'ours/import-cycle': 'error',
      'import-x/no-restricted-paths': ['error', layers],
      'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
      // From far to near: packages, our libraries, the same part, the same folder.
      'import-x/order': [
        'error',
        {
          groups: ['builtin', 'external', 'internal', 'parent', 'sibling'],
          pathGroups: [{ pattern: '@app/**', group: 'internal' }],
          pathGroupsExcludedImportTypes: ['builtin'],
          'newlines-between': 'never',
          alphabetize: { order: 'asc', orderImportKind: 'ignore', caseInsensitive: true },
        },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/libs/**'], message: 'enter a library by its alias: @app/<name>.' }] },
      ],
      // Nest modules are classes whose decorator is all they hold.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // DTOs are classes for the sake of their decorators; answers of their shape need not be instances.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // We have no enums, and looking for them costs a tenth of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A promise that rejects unheard ends the process. `void` hears nothing: `.catch` says what is to become of it.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false, checkThenables: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      'no-restricted-syntax': ['error', NO_POSITIONAL_UNDEFINED],
    },
  },
  {
    files: ['{apps,libs,src}/**/*.{ts,tsx}'],
    // Tests write many, and their types are looser.
    ignores: OF_TESTS,
    rules: {
      'no-restricted-syntax': ['error', NO_POSITIONAL_UNDEFINED, NO_SPREAD_LITERAL],
    },
  },
  {
    // The rule of CONTRIBUTING, "Wiring": a module lists.
    files: ['**/*.module.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        NO_POSITIONAL_UNDEFINED,
        NO_SPREAD_LITERAL,
        {
          selector: 'Property[key.name=/^use(Factory|Value|Class|Existing)$/], NewExpression',
          message:
            'a module only lists: what must be made has its provider in x.provider.ts, beside its class.',
        },
        {
          selector: 'MethodDefinition[kind="constructor"]',
          message: 'a module only lists: what must be done is a provider.',
        },
      ],
    },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/index', '../index', './index'],
              message: 'within a library, import the file itself.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.cjs', 'ecosystem.config.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { module: 'writable', require: 'readonly', __dirname: 'readonly', process: 'readonly' },
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        URL: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
