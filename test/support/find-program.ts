import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where the set-up puts what the system has not, or under no name of its own. */
export const TOOLS = resolve(__dirname, '../../.data/tools');

/** A program on the PATH, or in one of these folders; undefined where there is none. */
export function findProgram(name: string, ...folders: string[]): string | undefined {
  return [...(process.env.PATH ?? '').split(delimiter), ...folders]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
