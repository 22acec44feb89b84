import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectoryInUseError } from './errors';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity';

const ATTEMPTS = 5;

/** The exclusive right to a data directory; the lock of a killed process counts as free. */
export class DataLock {
  private constructor(private readonly path: string) {}

  /** @throws DataDirectoryInUseError while another live process holds it, or this one already does. */
  static async acquire(directory: string): Promise<DataLock> {
    const path = join(directory, 'main.lock');
    const own = JSON.stringify(await identityOf(process.pid));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await create(path, own)) return new DataLock(path);
      const content = await readFile(path, 'utf8').catch(() => undefined);
      if (content === undefined) continue;
      const holder = parse(content);
      if (holder && (await isAlive(holder))) throw new DataDirectoryInUseError(directory, holder.pid);
      await removeStale(path, content);
    }
    throw new Error(`${path}: several processes are starting on the same directory`);
  }

  async release(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

/** Creates the file together with its content, so that a reader never sees half a lock. */
async function create(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves the lock aside and checks it again: meanwhile another process may have replaced it with its own. */
async function removeStale(path: string, stale: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, 'utf8');
  if (moved !== stale) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function parse(content: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(content) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
