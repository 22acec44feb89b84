import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { build } from './setup/build.mjs';
import { loadSettings } from './setup/settings.mjs';
import { inRoot, runScript, SetupError } from './setup/steps.mjs';

// Prints a script as Redis gets it, byte by byte: the constants of these settings, header, fragments and body. Without a name,
// every script's SHA, name and promise: Redis's own logs know a script by its SHA.
await runScript(async () => {
  await build();
  const scripts = await sentScripts();
  const [name] = process.argv.slice(2);
  if (name === undefined) {
    for (const script of scripts) console.log(`${script.sha}  ${script.name}: ${script.does}`);
    return;
  }
  const found = scripts.find((script) => script.name === name || script.sha === name);
  if (!found) throw new SetupError(`There is no script ${name}: \`npm run lua\` lists them.`);
  process.stdout.write(process.stdout.isTTY ? `${found.lua}\n` : found.lua);
});

/** Every script as a process with the settings of this environment sends it. */
async function sentScripts() {
  const load = (/** @type {string} */ file) =>
    import(pathToFileURL(inRoot('dist', 'libs', 'batching', 'src', 'store', file)).href);
  /** @type {{ SCRIPTS: { name: string, does: string, lua: string }[] }} */
  const { SCRIPTS } = await load('scripts/all.js');
  const { withConstants } = await load('scripts/constants.js');
  const { constantsOf } = await load('batch-store.js');
  const constants = constantsOf(await loadSettings());
  return SCRIPTS.map(({ name, does, lua }) => {
    /** @type {string} */
    const sent = withConstants(lua, constants);
    return { name, does, lua: sent, sha: createHash('sha1').update(sent).digest('hex') };
  });
}
