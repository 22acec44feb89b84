import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where the set-up puts programs that the system lacks, or has under another name. */
export const TOOLS = resolve(__dirname, '../../.data/tools');

/** A program on the PATH, or in one of these folders; undefined if there is none. */
export function findProgram(name: string, ...folders: string[]): string | undefined {
  return [...(process.env.PATH ?? '').split(delimiter), ...folders]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
