import { crc32 } from 'node:zlib';
import type { Settings } from '../config/settings';
import type { Conversation } from '@app/contracts';
import { Keys } from './keys';

/**
 * The parts into which conversations are divided, each with the keys of its own. With one Redis there is one, and its
 * keys have no tag; in a cluster each is in a slot of its own, so that a script never leaves it.
 */
export class Partitions {
  /** Keys of what there is once: the meeting point, whose Redis this is, wrong secrets, the audit. */
  readonly home: Keys;
  readonly all: readonly Keys[];

  constructor({ keyPrefix, partitions, address }: Settings['redis']) {
    const isTagged = address.kind === 'cluster' || partitions > 1;
    this.all = Array.from({ length: partitions }, (_, i) => new Keys(keyPrefix, isTagged ? tagOf(i) : ''));
    // Whatever the number of partitions, who has another must find the same record of it.
    this.home = new Keys(keyPrefix, address.kind === 'cluster' ? tagOf(0) : '');
  }

  /** By the customer, so that one customer's conversations of all companies stand together. */
  of({ customer }: Pick<Conversation, 'customer'>): Keys {
    return this.all[this.indexOf(customer)] as Keys;
  }

  /** Never to be changed: what is stored would not be found again. */
  indexOf(customer: string): number {
    return this.all.length === 1 ? 0 : crc32(customer) % this.all.length;
  }
}

function tagOf(index: number): string {
  return `{p${String(index).padStart(2, '0')}}`;
}
