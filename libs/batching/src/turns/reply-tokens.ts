import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readLogKey } from '../processes/log-key';
import { BatchStore } from '../store/batch-store';

/** Keeps these apart from the tags in the logs, which the same key makes. */
const PURPOSE = 'rapid-fire late reply';

/**
 * The tokens by which a bot may answer one batch, and no other, later. The key is the one that every process on this Redis
 * shares, so there is nothing to configure and nothing that two hosts could have set differently.
 */
@Injectable()
export class ReplyTokens {
  constructor(private readonly store: BatchStore) {}

  /**
   * The same for every process, for as long as the key stays; 43 characters that need no escaping in an address.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async tokenOf(batchId: string): Promise<string> {
    // Asked each time: a Redis that was emptied has another key, and a process that kept the first would be alone with it.
    const key = await readLogKey(this.store.redis, this.store.partitions.home);
    return createHmac('sha256', key).update(`${PURPOSE}\0${batchId}`).digest('base64url');
  }
}
