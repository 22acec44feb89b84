import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** A file of the project as text, by its path from the root. */
export function read(path: string): string {
  return readFileSync(resolve(ROOT, path), 'utf8');
}

/** Every page that people read, by its path from the root. */
export const PAGES = ['README.md', 'CONTRIBUTING.md', ...filesIn(['docs', 'bench', 'examples'], /\.md$/)];

/** The files in these folders, and in those below, whose names match. */
export function filesIn(folders: readonly string[], name: RegExp): string[] {
  return folders.flatMap((folder) =>
    (readdirSync(resolve(ROOT, folder), { recursive: true }) as string[])
      .filter((file) => name.test(file))
      .map((file) => `${folder}/${file}`),
  );
}

/** Whether a page exists, and in it the section that the anchor names. */
export function isThere(target: string): boolean {
  const [path = '', anchor] = target.split('#');
  if (!existsSync(resolve(ROOT, path))) return false;
  return anchor === undefined || anchorsOf(path).has(anchor);
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): Set<string> {
  const headings = matches(withoutCode(read(page)), /^#+ (.+)$/gm);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** A page without its code blocks, in which a line or a bracket means something else. */
export function withoutCode(page: string): string {
  return page.replace(/^```[^]*?^```/gm, '');
}

/** The text of each match's groups; in a pattern with alternatives, all but one group are empty. */
export function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match.slice(1).join(''));
}

/** The text of each match in a file, once. */
export function literals(path: string, pattern: RegExp): string[] {
  return [...new Set(matches(read(path), pattern))];
}
