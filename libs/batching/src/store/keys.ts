import { type Conversation, conversationOf, isCompanyId } from '@app/contracts';

// A base class, because fields are set before the parameters of their own class's constructor are.
class Prefixed {
  /**
   * @param prefix goes in front of every key; may be empty.
   * @param tag of the partition, in braces, so that all its keys are in one slot; empty where there is only one.
   */
  constructor(
    private readonly prefix: string,
    private readonly tag = '',
  ) {}

  /** The key of a name; a tag follows its first colon. */
  protected key(name: string): string {
    if (this.tag === '') return this.channel(name);
    const colon = name.indexOf(':');
    if (colon === -1) return `${this.prefix}${name}:${this.tag}`;
    return `${this.prefix}${name.slice(0, colon)}:${this.tag}${name.slice(colon)}`;
  }

  /** A channel is in no slot: a message published on any server of a cluster reaches subscribers on all. */
  protected channel(name: string): string {
    return `${this.prefix}${name}`;
  }
}

/**
 * Every key and channel of one partition. No other code builds one; `docs/redis-keys.md` says who deletes
 * what.
 */
export class Keys extends Prefixed {
  /** Sorted set: conversation → when a batcher must look at it next, ms. */
  readonly due = this.key('rapid-fire-due');
  /** Sorted set: conversation → when a batcher must ask the queue about its turn's job, ms. */
  readonly turns = this.key('rapid-fire-turns');
  /** Sorted set: superseded batch → when it may be forgotten, ms. Also the channel on which such a batch is named. */
  readonly superseded = this.key('rapid-fire-superseded');
  /** Sorted set: `<order> <conversation>`, of a hold, a mute or a block → when it ends, ms. */
  readonly steered = this.key('rapid-fire-steered');
  /** Sorted set: conversation whose messages wait for a transcript → when a worker must look at it next, ms. */
  readonly awaited = this.key('rapid-fire-awaited');
  /** String with a TTL: the time that the bot usually takes, ms. */
  readonly botTime = this.key('rapid-fire-bot-time');
  /** String, once a worker has been seen on this Redis: when, ms. */
  readonly workerSeen = this.key('rapid-fire-worker-seen');
  /** Sorted set, all scores 0: `<customer> <company>` of every conversation that holds a message. */
  readonly directory = this.key('rapid-fire-directory');
  /** Hash: the accounts. */
  readonly counters = this.key('rapid-fire-counters');
  /** Hash: number of messages → how many conversations hold that many. */
  readonly sizes = this.key('rapid-fire-sizes');
  /** String: the latest audit, JSON. */
  readonly audit = this.key('rapid-fire-audit');
  /** Stream: batches handed off, the backup. */
  readonly history = this.key('rapid-fire-history');
  /** List: `<stream id> <bytes> <batch>` of each history entry, oldest first, so that it can be bounded by bytes. */
  readonly historySizes = this.key('rapid-fire-history-sizes');
  /** Hash: conversation → since when, ms, and why it is set aside. */
  readonly setAside = this.key('rapid-fire-set-aside');
  /** Hash: batch → its entry in the history, trimmed with it. */
  readonly historyIndex = this.key('rapid-fire-history-index');
  /** String, while hand-off is paused: since when, ms. */
  readonly paused = this.key('rapid-fire-paused');
  /** Hash: company → its settings at run time, JSON; `:version` → a text that changes with them. */
  readonly companySettings = this.key('rapid-fire-company-settings');
  /** Stream: what operators did, phones masked. */
  readonly auditLog = this.key('rapid-fire-audit-log');
  /** Sorted set: batch → when it was buried, ms. */
  readonly deadLetters = this.key('rapid-fire-dead-letters');
  /** String with a TTL: which call is redriving many dead letters, so that no second one meets it. */
  readonly redriving = this.key('rapid-fire-redriving');
  /** Stream: gateways' bodies that were not understood, redacted. */
  readonly unreadable = this.key('rapid-fire-unreadable');
  /** Sorted set: customer → when the latest note of their timeline was kept, ms. */
  readonly timelines = this.key('rapid-fire-timelines');
  /** Hash: the environment that this Redis belongs to, when a process last confirmed that, ms, and the key of its logs' tags. */
  readonly environmentMark = this.key('rapid-fire-environment');
  /** Sorted set: process → when it was last seen, ms. */
  readonly processes = this.key('rapid-fire-processes');
  /** Hash: process → its card, JSON. */
  readonly processCards = this.key('rapid-fire-process-cards');
  /** Channel: something became due sooner than the batchers think. */
  readonly wake = this.channel('rapid-fire-wake');

  /** List: the messages of a conversation, in order of arrival. */
  messages(conversationId: string): string {
    return this.key(`rapid-fire:${conversationId}`);
  }

  /** String: time of a conversation's last message, ms. */
  lastMessage(conversationId: string): string {
    return this.key(`last-msg:${conversationId}`);
  }

  /** String, MessagePack: numbering, window, claim and turn of a conversation, and its customer's habit (`ENDPOINTING=dynamic`), which outlives them. */
  state(conversationId: string): string {
    return this.key(`rapid-fire-state:${conversationId}`);
  }

  /** String with a TTL: the batch that was put on the queue last, if no turn held the next one back. */
  latest(conversationId: string): string {
    return this.key(`rapid-fire-latest:${conversationId}`);
  }

  /** String with a TTL: the conversation that has the phone of this one's customer. */
  alias(conversationId: string): string {
    return this.key(`rapid-fire-alias:${conversationId}`);
  }

  /** String with a TTL: this message has been stored; when that is forgotten, ms, and in which conversation. */
  seen(identity: string): string {
    return this.key(`rapid-fire-seen:${identity}`);
  }

  /** String with a TTL: when it ends, ms, and the edit that came before this message, or that it was taken back. */
  change(identity: string): string {
    return this.key(`rapid-fire-change:${identity}`);
  }

  /** String with a TTL: the usual time of the bot of a company with settings of its own, ms. */
  companyBotTime(companyId: string): string {
    return this.key(`rapid-fire-bot-time:${companyId}`);
  }

  /** String with a TTL: the batch whose answer left something to be kept for the bot's next call, and that, JSON. */
  botState(conversationId: string): string {
    return this.key(`rapid-fire-bot-state:${conversationId}`);
  }

  /** Sorted set with a TTL: what colleagues have written to the customer, JSON, not yet told to the bot → when, ms. */
  colleagueWords(conversationId: string): string {
    return this.key(`rapid-fire-colleague-words:${conversationId}`);
  }

  /** Hash with a TTL: turn → its exchange with the assistant, JSON; `summary` → what older ones said, JSON. */
  dialogue(conversationId: string): string {
    return this.key(`rapid-fire-dialogue:${conversationId}`);
  }

  /** Hash with a TTL: who the customer is, as the assistant knows; each value is JSON. */
  customerFacts(conversationId: string): string {
    return this.key(`rapid-fire-customer-facts:${conversationId}`);
  }

  /** Hash with a TTL: what the customer prefers, as the assistant knows; each value is JSON. */
  preferences(conversationId: string): string {
    return this.key(`rapid-fire-preferences:${conversationId}`);
  }

  /** String with a TTL: what the assistant answered to the commit of a turn, JSON; a mark while it is working on that. */
  committedTurn(turnId: string): string {
    return this.key(`rapid-fire-committed-turn:${turnId}`);
  }

  /** Stream with a TTL: notes of what happened to a customer's conversations, for their timeline. */
  timeline(customer: string): string {
    return this.key(`rapid-fire-timeline:${customer}`);
  }

  /** What a repair found in place of a conversation's messages and could not read, for a week. */
  damaged(conversationId: string): string {
    return this.key(`rapid-fire-damaged:${conversationId}`);
  }

  /** List: messages that the predecessor has left under this name, while they are appended. */
  predecessor(name: string): string {
    return this.key(`rapid-fire-predecessor:${name}`);
  }

  /** Hash: the data of a dead letter. */
  deadLetter(batchId: string): string {
    return this.key(`rapid-fire-dead:${batchId}`);
  }

  /** List: the messages of a dead letter. */
  deadMessages(batchId: string): string {
    return this.key(`rapid-fire-dead-messages:${batchId}`);
  }

  /** String with a TTL: how many messages of a batch were counted as answered, so that they are counted once. */
  answered(batchId: string): string {
    return this.key(`rapid-fire-answered:${batchId}`);
  }

  /** String with a TTL, JSON: the batch and the reply that a message of ours was; the digest is of the gateway's id for it. */
  sentReply(digest: string): string {
    return this.key(`rapid-fire-sent:${digest}`);
  }

  /** String with a TTL: the number of recent wrong secrets of an address. */
  attempts(who: string): string {
    return this.key(`rapid-fire-attempts:${who}`);
  }
}

/** A conversation's member in the directory: all companies of one customer are next to each other. */
export function directoryEntry({ customer, companyId }: Conversation): string {
  return `${customer} ${companyId === null ? '' : String(companyId)}`;
}

/** True if the text can be a directory entry. */
export function isDirectoryEntry(text: string): boolean {
  const [, company] = /^\S+ (\S*)$/.exec(text) ?? [];
  return company !== undefined && (company === '' || isCompanyId(company));
}

/** The conversation that a directory entry stands for. */
export function parseDirectoryEntry(entry: string): Conversation {
  const [customer = '', company = ''] = entry.split(' ');
  return conversationOf(customer, company === '' ? null : company);
}
