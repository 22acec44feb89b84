import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groundOf } from '../testing/companies';
import { CompaniesFile } from './companies-file';

describe('a companies file that is read again', () => {
  const before = process.cwd();
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'companies-file-'));
    path = join(folder, 'companies.yaml');
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  it.each<[string, () => void, string]>([
    ['is not there', () => undefined, 'names a file that cannot be read (ENOENT)'],
    ['is a folder', () => mkdirSync(path), 'names a file that cannot be read (EISDIR)'],
    ['is a link to itself', () => symlinkSync(path, path), 'names a file that cannot be read (ELOOP)'],
    [
      'stands on an environment that cannot be read',
      () => {
        writeFileSync(path, 'companies: {a: {}}');
        mkdirSync(join(folder, '.env'));
      },
      'stands on a .env that cannot be read (EISDIR)',
    ],
  ])('and %s has a problem, and a stamp', (_, breakIt, problem) => {
    breakIt();
    const file = new CompaniesFile(path, groundOf());
    expect(file.read()).toEqual({ read: null, problems: [problem], files: [] });
    expect(file.stamp()).toBe(file.stamp());
  });

  it('has another stamp once the environment that it stands on can be read', () => {
    writeFileSync(path, 'companies: {a: {}}');
    mkdirSync('.env');
    const file = new CompaniesFile(path, groundOf());
    file.read();
    const stamp = file.stamp();
    rmSync('.env', { recursive: true });
    expect(file.stamp()).not.toBe(stamp);
    expect(file.read().problems).toEqual([]);
  });

  it('has another stamp once it is another', () => {
    const file = new CompaniesFile(path, groundOf());
    const gone = file.stamp();
    writeFileSync(path, 'companies: {a: {}}');
    expect(file.stamp()).not.toBe(gone);
    expect(file.read().problems).toEqual([]);
  });
});
