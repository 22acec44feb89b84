import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Variables } from '@app/config';

/** A value that stands elsewhere: `${NAME}` is a variable of the environment. */
const REFERENCE = /^\$\{([A-Za-z_]\w*)\}$/;

/** The value itself, or why there is none; `file`: where it was read from. */
export type Resolved = { value: unknown; file?: string } | { problem: string; file?: string };

/** The text that a value refers to; any other value as it is. */
export function resolveReference(value: unknown, environment: Variables, folder: string): Resolved {
  if (value === null) return { problem: 'is empty' };
  if (typeof value === 'string') return ofVariable(value, environment);
  const path = pathIn(value);
  return path === null ? { value } : ofFile(resolve(folder, path));
}

function ofVariable(text: string, environment: Variables): Resolved {
  const [, name] = REFERENCE.exec(text) ?? [];
  if (name === undefined) return { value: text };
  const value = environment[name];
  return value ? { value } : { problem: `refers to the variable ${name}, which is not set` };
}

/** The path in `{file: …}`; null where the value is something else. */
function pathIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { file, ...others } = value as { file?: unknown };
  return typeof file === 'string' && Object.keys(others).length === 0 ? file : null;
}

function ofFile(file: string): Resolved {
  try {
    // Editors end a file with a line break, which is no part of a secret.
    const value = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return value === '' ? { problem: 'refers to a file that is empty', file } : { value, file };
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return { problem: `refers to a file that cannot be read (${code})`, file };
  }
}
