import { crc32 } from 'node:zlib';
import type { Conversation } from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import { Keys } from './keys';

/**
 * The partitions of conversations, each with its own keys. One Redis has one partition, and its keys have no tag; in a
 * cluster each partition has its own slot, so that a script never leaves it.
 */
export class Partitions {
  /** The keys that exist once: the process registry, the environment mark, wrong secrets, the audit. */
  readonly home: Keys;
  readonly all: readonly Keys[];

  constructor({ keyPrefix, partitions, address }: BatchingSettings['redis']) {
    const isTagged = address.kind === 'cluster' || partitions > 1;
    this.all = Array.from({ length: partitions }, (_, i) => new Keys(keyPrefix, isTagged ? tagOf(i) : ''));
    // The same for any number of partitions, because a process with another number must find the record of it.
    this.home = new Keys(keyPrefix, address.kind === 'cluster' ? tagOf(0) : '');
  }

  /** By the customer, so that one customer's conversations of all companies are in one partition. */
  of({ customer }: Pick<Conversation, 'customer'>): Keys {
    return this.all[this.indexOf(customer)] as Keys;
  }

  /** Must never change, because stored data would not be found again. */
  indexOf(customer: string): number {
    return this.all.length === 1 ? 0 : crc32(customer) % this.all.length;
  }
}

function tagOf(index: number): string {
  return `{p${String(index).padStart(2, '0')}}`;
}
