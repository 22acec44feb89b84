import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readEnvironment, type Variables } from '@app/config';
import type { Ground } from './check-entry';
import { type Reading, readCompanies } from './read-companies';

/** The companies file of this process, and what it refers to. */
export class CompaniesFile {
  private files: readonly string[] = [];

  /** @param overrides variables that the program itself decides; the file may refer to them too. */
  constructor(
    readonly path: string,
    private readonly ground: Ground,
    private readonly overrides: Variables = {},
  ) {}

  /** Reads and checks all of it. Never throws: a file that cannot be read is a problem. */
  read(): Reading {
    const text = this.text();
    if (typeof text !== 'string') return { read: null, problems: [text.problem], files: [] };
    const reading = readCompanies(text, {
      environment: { ...readEnvironment(), ...this.overrides },
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

  private text(): string | { problem: string } {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      return {
        problem: `names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      };
    }
  }
}

/** Followed through links: Kubernetes exchanges a file by turning a link. Never throws: a network's file system has any error at any time. */
function stampOf(path: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${ino}.${size}.${mtimeNs}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'none';
  }
}
