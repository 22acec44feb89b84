import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from './setup/build.mjs';
import { inRoot, runScript } from './setup/steps.mjs';

// Writes the variables, as they are declared, into the pages and files that show them.
await runScript(async () => {
  await build();
  const load = (/** @type {string} */ library) =>
    import(pathToFileURL(inRoot('dist', 'libs', library, 'src', 'index.js')).href);
  const { withExamples, withTable } = await load('config');
  const { allSettings, companiesSchema } = await load('settings');
  const { variables } = allSettings;
  await rewrite('docs/settings.md', withTable);
  await rewrite('.env.example', withExamples);
  await rewrite('docs/companies.schema.json', () => `${JSON.stringify(companiesSchema(), null, 2)}\n`);

  /** @type {(path: string, rewritten: (text: string, variables: unknown) => string) => Promise<void>} */
  async function rewrite(path, rewritten) {
    const text = await readFile(inRoot(path), 'utf8');
    await writeFile(inRoot(path), rewritten(text, variables));
  }
});
