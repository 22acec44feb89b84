import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCES = ['apps', 'libs', 'src', 'test'].map((folder) => resolve(ROOT, folder));

/** @type {Map<string, Set<string>> | undefined} */
let ours;

/**
 * Fails an import that closes a cycle of files, also where it imports a type only, which `import-x/no-cycle` passes over:
 * two files that know each other's types cannot be read, moved, or put onto different floors one without the other.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importCycle = {
  meta: { type: 'problem', schema: [], messages: { closes: 'This import closes a cycle: {{cycle}}.' } },
  create(context) {
    ours ??= cyclesUnder(SOURCES);
    const cycle = ours.get(context.filename);
    if (cycle === undefined) return {};
    const names = [...cycle].map((file) => relative(ROOT, file)).sort();
    /** @param {import('estree').ImportDeclaration | import('estree').ExportNamedDeclaration | import('estree').ExportAllDeclaration} node */
    const check = (node) => {
      const target = typeof node.source?.value === 'string' && targetOf(context.filename, node.source.value);
      if (target && cycle.has(target)) {
        context.report({ node, messageId: 'closes', data: { cycle: names.join(', ') } });
      }
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};

/**
 * The cycle of each file that lies in one.
 *
 * @param {readonly string[]} folders
 */
export function cyclesUnder(folders) {
  const files = folders.flatMap((folder) => ts.sys.readDirectory(folder, ['.ts'], ['**/node_modules']));
  return cyclesAmong(files, importsOf);
}

function importsOf(/** @type {string} */ file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => targetOf(file, fileName) ?? []);
}

/**
 * @param {string} from
 * @param {string} name as it stands in the import
 * @returns {string | null} the file; null where it is none of ours
 */
function targetOf(from, name) {
  const [, library] = /^@app\/([^/]+)$/.exec(name) ?? [];
  if (library !== undefined) return resolve(ROOT, 'libs', library, 'src/index.ts');
  if (!name.startsWith('.')) return null;
  const path = resolve(dirname(from), name);
  return [`${path}.ts`, resolve(path, 'index.ts')].find((file) => existsSync(file)) ?? null;
}

/**
 * Tarjan's strongly connected components, those of one file left out.
 *
 * @param {readonly string[]} files
 * @param {(file: string) => readonly string[]} importsOf
 * @returns {Map<string, Set<string>>}
 */
function cyclesAmong(files, importsOf) {
  /** @type {Map<string, Set<string>>} */
  const cycles = new Map();
  /** @type {Map<string, number>} */
  const found = new Map();
  /** @type {string[]} */
  const open = [];
  /** @returns {number} the earliest found that the file leads back to */
  const visit = (/** @type {string} */ file) => {
    const own = found.size;
    let earliest = own;
    found.set(file, own);
    open.push(file);
    for (const target of importsOf(file)) {
      if (!found.has(target)) earliest = Math.min(earliest, visit(target));
      else if (open.includes(target)) earliest = Math.min(earliest, found.get(target) ?? own);
    }
    if (earliest === own) {
      const cycle = new Set(open.splice(open.indexOf(file)));
      if (cycle.size > 1) for (const one of cycle) cycles.set(one, cycle);
    }
    return earliest;
  };
  for (const file of files) if (!found.has(file)) visit(file);
  return cycles;
}
