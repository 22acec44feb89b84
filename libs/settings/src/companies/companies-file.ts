import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ENVIRONMENTS, readEnvironment, type Variables } from '@app/config';
import type { Ground } from './check-entry';
import { type Reading, readCompanies } from './read-companies';

/** The files that the environment may stand in: `.env` itself may say which environment it is. */
const ENVIRONMENT = ['.env', ...ENVIRONMENTS.map((name) => `.env.${name}`)];

/** The companies file of this process, and what it refers to. */
export class CompaniesFile {
  private files: readonly string[] = [];

  /** @param overrides variables that the program itself decides; the file may refer to them too. */
  constructor(
    readonly path: string,
    private readonly ground: Ground,
    private readonly overrides: Variables = {},
  ) {}

  /** Reads and checks all of it. Never throws: a file that cannot be read, this one or one of the environment, is a problem. */
  read(): Reading {
    const text = attempt(() => readFileSync(this.path, 'utf8'));
    if (text.code !== undefined) return unread(`names a file that cannot be read (${text.code})`);
    const environment = attempt(() => readEnvironment());
    if (environment.code !== undefined) {
      // Read again once that is mended.
      this.files = ENVIRONMENT;
      return unread(`stands on a .env that cannot be read (${environment.code})`);
    }
    const reading = readCompanies(text.value, {
      environment: { ...environment.value, ...this.overrides },
      ground: this.ground,
      folder: dirname(resolve(this.path)),
    });
    this.files = reading.files;
    return reading;
  }

  /** A text that is another once the file, or one that it refers to, has changed, is gone or is there again. */
  stamp(): string {
    return [this.path, ...this.files].map(stampOf).join(' ');
  }
}

function unread(problem: string): Reading {
  return { read: null, problems: [problem], files: [] };
}

/** What is read, or the code of the error that the file system has. */
function attempt<T>(read: () => T): { value: T; code?: undefined } | { code: string } {
  try {
    return { value: read() };
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? 'unknown' };
  }
}

/** Followed through links: Kubernetes exchanges a file by turning a link. Never throws: a network's file system has any error at any time. */
function stampOf(path: string): string {
  const stamp = attempt(() => statSync(path, { bigint: true }));
  if (stamp.code !== undefined) return stamp.code;
  const { ino, size, mtimeNs } = stamp.value;
  return `${ino}.${size}.${mtimeNs}`;
}
