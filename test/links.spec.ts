import { dirname, join } from 'node:path';
import { filesIn, isThere, matches, PAGES, read, withoutCode } from './support/pages';

/** Where a link is, and the page that it leads to. */
type Link = readonly [from: string, target: string];

describe('the links', () => {
  const ofPages = [...PAGES, 'CHANGELOG.md'].flatMap((page) =>
    matches(withoutCode(read(page)), /\]\(([^)\s]+)\)/g)
      .filter((target) => !/^https?:/.test(target))
      .map((target): Link => [page, target.startsWith('#') ? page + target : join(dirname(page), target)]),
  );
  const ofCode = filesIn(['apps', 'libs', 'src', 'scripts', 'ops'], /\.(ts|mjs|yml|json)$/).flatMap((file) =>
    matches(read(file), /\b((?:docs\/[\w/-]+|README|CONTRIBUTING)\.md(?:#[\w-]+)?)/g).map((target): Link => [
      file,
      target,
    ]),
  );

  it('are found, to begin with, and a wrong one is noticed', () => {
    expect([ofPages.length > 50, ofCode.length > 20]).toEqual([true, true]);
    const targets = ['README.md#start', 'README.md#nowhere', 'docs/nowhere.md'];
    expect(targets.map(isThere)).toEqual([true, false, false]);
  });

  it('of the documentation lead to pages and sections that exist', () => {
    expect(ofPages.filter(([, target]) => !isThere(target))).toEqual([]);
  });

  it('and the files and folders that it names are there', () => {
    const named = PAGES.flatMap((page) =>
      matches(read(page), /`((?:apps|bench|docs|examples|libs|ops|scripts|src|test)\/[\w./-]+)`/g).map(
        (path): Link => [page, path],
      ),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(([, path]) => !isThere(path))).toEqual([]);
  });

  it('that code, messages and alerts name do too', () => {
    expect(ofCode.filter(([, target]) => !isThere(target))).toEqual([]);
  });
});

describe('the decisions', () => {
  it('have a number each, which their title says too', () => {
    const pages = PAGES.filter((page) => page.startsWith('docs/adr/'));
    const numbers = pages.map((page) => Number(/\/(\d{4})-/.exec(page)?.[1]));
    expect(new Set(numbers).size).toBe(pages.length);
    expect(pages.map((page) => Number(/^# (\d+)\. /.exec(read(page))?.[1]))).toEqual(numbers);
  });
});

describe('the README', () => {
  it('is read in ten minutes', () => {
    expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(12 * 1024);
  });
});
