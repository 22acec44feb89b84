import { Injectable } from '@nestjs/common';
import { parseConversationId } from '@app/contracts';
import { BatchStore } from '../../store/batch-store';
import { keysLike, literally, unlink, valuesOf } from './key-scan';
import { Person } from './person';

/** The families of keys that have a conversation's id in their name. */
const OF_CONVERSATIONS = [
  ...['rapid-fire', 'last-msg', 'rapid-fire-state', 'rapid-fire-latest', 'rapid-fire-bot-state'],
  ...[
    'rapid-fire-colleague-words',
    'rapid-fire-dialogue',
    'rapid-fire-customer-facts',
    'rapid-fire-preferences',
  ],
  ...['rapid-fire-damaged', 'rapid-fire-alias'],
];

/** Who a person is, and which conversations are theirs: known from the names of the keys, for nothing lists what is idle. */
@Injectable()
export class People {
  constructor(private readonly store: BatchStore) {}

  /** The person of a customer's id: with the phone that it is an alias of, and all aliases of that. */
  async of(customer: string, companyId: string | null): Promise<Person> {
    const pairs: [string, string][] = [];
    for await (const [key, home] of this.aliases())
      pairs.push([parseConversationId(this.nameIn(key)).customer, parseConversationId(home).customer]);
    const ids = new Set([customer]);
    const join = (): void => {
      for (const pair of pairs) if (pair.some((id) => ids.has(id))) for (const id of pair) ids.add(id);
    };
    // Twice, because an id may first lead to the phone, and the phone to other ids; there are no chains.
    join();
    join();
    return new Person(ids, companyId);
  }

  /** The ids of the person's conversations of which there is any key. */
  async conversationsOf(person: Person): Promise<Set<string>> {
    const found = new Set<string>();
    for (const id of person.ids)
      for await (const keys of keysLike(this.store, `*${literally(id)}`))
        for (const key of keys) {
          const name = this.nameIn(key);
          if (name !== '' && person.isIn(name)) found.add(name);
        }
    return found;
  }

  /** Forgets that ids are the person's; returns how many. */
  async forgetAliases(person: Person): Promise<number> {
    const keys: string[] = [];
    for await (const [key, home] of this.aliases())
      if (person.isIn(home) || person.isIn(this.nameIn(key))) keys.push(key);
    return unlink(this.store, keys);
  }

  /** The keys of what the predecessor left, that a batcher's start is about to append. */
  async predecessorsOf(person: Person): Promise<string[]> {
    const found: string[] = [];
    for await (const keys of keysLike(this.store, 'rapid-fire-predecessor:*'))
      found.push(...keys.filter((key) => person.isMentioned(key)));
    return found;
  }

  private async *aliases(): AsyncGenerator<[string, string]> {
    for await (const keys of keysLike(this.store, 'rapid-fire-alias:*', 'string'))
      yield* await valuesOf(this.store, keys);
  }

  /** The conversation's id in a key's name, behind its family and its hash tag; empty for a key of another family. */
  private nameIn(key: string): string {
    const name = key.slice(this.store.settings.redis.keyPrefix.length);
    const colon = name.indexOf(':');
    if (!OF_CONVERSATIONS.includes(name.slice(0, colon))) return '';
    return name.slice(colon + 1).replace(/^\{p\d+\}:/, '');
  }
}
