// Runs a bundled application (`scripts/setup/bundles.mjs`), compiled already where an earlier process of it has left
// what V8 made of it. Node does the same by itself from version 22 on, by NODE_COMPILE_CACHE.
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const [, , path] = process.argv;
const cache = `${path}.v8`;

const cachedData = read(cache);
const script = new Script(Module.wrap(readFileSync(path, 'latin1')), { filename: path, cachedData });
const bundle = new Module(path);
bundle.filename = path;
bundle.paths = Module._nodeModulePaths(dirname(path));
script
  .runInThisContext()
  .call(bundle.exports, bundle.exports, Module.createRequire(path), bundle, path, dirname(path));

// Another version of Node has no use for it.
if (cachedData === undefined || script.cachedDataRejected) process.once('exit', keep);

/** At the end, for only what has run is compiled; one that failed has run too little. */
function keep(code) {
  if (code !== 0) return;
  const draft = `${cache}.${process.pid}`;
  writeFileSync(draft, script.createCachedData());
  renameSync(draft, cache);
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
