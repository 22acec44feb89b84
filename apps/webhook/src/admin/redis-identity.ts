import { Injectable } from '@nestjs/common';
import { BatchStore } from '@app/batching';

/** Which Redis this process uses, in terms that two processes can compare; no credentials. */
export interface RedisIdentityAnswer {
  address: string;
  db: number;
  /** Changes whenever the server starts. */
  runId: string;
}

@Injectable()
export class RedisIdentity {
  constructor(private readonly store: BatchStore) {}

  async read(): Promise<RedisIdentityAnswer> {
    const info = await this.store.read((redis) => redis.info('server'));
    const { host = 'localhost', port = 6379, db = 0 } = this.store.redis.options;
    return { address: `${host}:${port}`, db, runId: /^run_id:(\w+)/m.exec(info)?.[1] ?? '' };
  }
}
