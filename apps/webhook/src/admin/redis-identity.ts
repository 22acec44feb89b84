import { Injectable } from '@nestjs/common';
import { BatchStore, databaseOf, mastersOf, showServers } from '@app/batching';

/** Identifies the Redis of this process, so that two processes can be compared; contains no credentials. */
export interface RedisIdentityAnswer {
  address: string;
  db: number;
  /** Changes whenever the server starts; for a cluster, those of its masters. */
  runId: string;
}

@Injectable()
export class RedisIdentity {
  constructor(private readonly store: BatchStore) {}

  async read(): Promise<RedisIdentityAnswer> {
    const ids = await this.store.commands((redis) =>
      Promise.all(mastersOf(redis).map(async (master) => runIdOf(await master.info('server')))),
    );
    const { address } = this.store.settings.redis;
    return { address: showServers(address), db: databaseOf(address), runId: ids.sort().join(' ') };
  }
}

function runIdOf(info: string): string {
  return /^run_id:(\w+)/m.exec(info)?.[1] ?? '';
}
