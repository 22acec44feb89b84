import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity';

/** The address of a data directory's embedded Redis; kept in `redis.json`, also for operators. */
export interface RedisRecord {
  port: number;
  /** Missing between the choice of the port and the server's first answer. */
  pid?: number;
  startedAt?: string;
  runId?: string;
}

/** The file that lets a later process find a Redis that outlived its own. */
export class RedisRecordFile {
  private readonly path: string;

  constructor(dataDir: string) {
    this.path = join(dataDir, 'redis.json');
  }

  async read(): Promise<RedisRecord | undefined> {
    try {
      return JSON.parse(await readFile(this.path, 'utf8')) as RedisRecord;
    } catch {
      return undefined;
    }
  }

  async write(record: RedisRecord): Promise<void> {
    const draft = `${this.path}.new`;
    await writeFile(draft, `${JSON.stringify(record)}\n`);
    await rename(draft, this.path);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

/** The identity in a record, if it has one. */
export function identityIn({ pid, startedAt }: RedisRecord): ProcessIdentity | undefined {
  return pid !== undefined && startedAt !== undefined ? { pid, startedAt } : undefined;
}
