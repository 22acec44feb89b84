import { createHash } from 'node:crypto';
import { type Conversation, conversationOf } from '../conversation';

/** Every key and channel of ours, and nothing else builds one; `docs/redis-keys.md` says who deletes what. */
export class Keys {
  /** Sorted set: conversation → when someone must look at it next, ms. */
  readonly due: string;
  /** Sorted set, all scores 0: `<customer> <company>` of every conversation that holds a message. */
  readonly directory: string;
  /** Hash: the accounts. */
  readonly counters: string;
  /** Hash: number of messages → how many conversations hold that many. */
  readonly sizes: string;
  /** String: the latest audit, JSON. */
  readonly audit: string;
  /** Stream: batches handed off, the backup. */
  readonly history: string;
  /** List: `<stream id> <bytes>` of each history entry, oldest first, so that it can be bounded by bytes. */
  readonly historySizes: string;
  /** Sorted set: batch → when it was buried, ms. */
  readonly deadLetters: string;
  /** Hash: which environment this Redis belongs to, and when it last said so, ms. */
  readonly environmentMark: string;
  /** Sorted set: process → when it was last seen, ms. */
  readonly processes: string;
  /** Hash: process → what it says of itself, JSON. */
  readonly processCards: string;
  /** Channel: something became due sooner than the batchers think. */
  readonly wake: string;

  /** @param prefix goes in front of every key; may be empty. */
  constructor(private readonly prefix: string) {
    // Here and not beside the names: a field's initialiser runs before `prefix` is there.
    this.due = this.key('rapid-fire-due');
    this.directory = this.key('rapid-fire-directory');
    this.counters = this.key('rapid-fire-counters');
    this.sizes = this.key('rapid-fire-sizes');
    this.audit = this.key('rapid-fire-audit');
    this.history = this.key('rapid-fire-history');
    this.historySizes = this.key('rapid-fire-history-sizes');
    this.deadLetters = this.key('rapid-fire-dead-letters');
    this.environmentMark = this.key('rapid-fire-environment');
    this.processes = this.key('rapid-fire-processes');
    this.processCards = this.key('rapid-fire-process-cards');
    this.wake = this.key('rapid-fire-wake');
  }

  /** List: the messages of a conversation, in order of arrival. */
  messages(conversationId: string): string {
    return this.key(`rapid-fire:${conversationId}`);
  }

  /** String: time of a conversation's last message, ms. */
  lastMessage(conversationId: string): string {
    return this.key(`last-msg:${conversationId}`);
  }

  /** Hash: numbering, window and claim of a conversation. */
  state(conversationId: string): string {
    return this.key(`rapid-fire-state:${conversationId}`);
  }

  /** String with a TTL: this message has been stored; its value is when that is forgotten, ms. */
  seen(identity: readonly string[]): string {
    const digest = createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 22);
    return this.key(`rapid-fire-seen:${digest}`);
  }

  /** Hash: what is known of a dead letter. */
  deadLetter(batchId: string): string {
    return this.key(`rapid-fire-dead:${batchId}`);
  }

  /** List: the messages of a dead letter. */
  deadMessages(batchId: string): string {
    return this.key(`rapid-fire-dead-messages:${batchId}`);
  }

  /** A conversation's member in the directory: all companies of one customer stand together. */
  directoryEntry({ customer, companyId }: Conversation): string {
    return `${customer} ${companyId === null ? '' : String(companyId)}`;
  }

  private key(name: string): string {
    return `${this.prefix}${name}`;
  }
}

/** The conversation that a directory entry stands for. */
export function parseDirectoryEntry(entry: string): Conversation {
  const [customer = '', company = ''] = entry.split(' ');
  return conversationOf(customer, company === '' ? null : company);
}
