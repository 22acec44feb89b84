import { Injectable } from '@nestjs/common';
import { type Conversation, parseConversationId } from '@app/contracts';
import { redisTimeMs } from '../../redis/redis-time';
import { BatchStore } from '../../store/batch-store';
import { erase, type EraseReply } from '../../store/scripts/erase';
import { SetAside } from '../../store/set-aside';
import { unlessSetAside } from '../../store/set-aside.error';
import { ErasedAt } from './erased-at';
import { ErasedHistory } from './erased-history';
import { ErasedJobs, type FoundJob } from './erased-jobs';
import { ErasedMemories } from './erased-memories';
import { ErasedRecords } from './erased-records';
import { People } from './people';
import type { Person } from './person';

/** How much was erased. */
export interface Erased {
  conversations: number;
  /** Messages that were pending, or at the bot and not committed. */
  messages: number;
  /** Damaged conversations, of which nothing could be read safely; what was left of them is deleted. */
  setAside: number;
  jobs: number;
  deadLetters: number;
  /** Batches in the history. */
  history: number;
  /** Ids of messages, edits that waited for one, sent replies. */
  memories: number;
  aliases: number;
  /** Notes of the timeline. */
  notes: number;
  /** Bodies that were not understood, and name the customer. */
  unreadable: number;
  /** Events of the queue. */
  events: number;
}

/** What cannot be erased now. `claimed`: a batcher hands it off. `at-bot`: a worker, or another consumer, works on it. */
export interface InFlight {
  conversationId: string;
  what: 'claimed' | 'at-bot';
  batchId: string | null;
}

/** `in-flight`: something could not be erased; the call is to be repeated, and what was erased by then is erased. */
export type ErasureOutcome =
  { kind: 'erased'; erased: Erased } | { kind: 'in-flight'; inFlight: InFlight[]; erased: Erased };

/**
 * Erases a customer: everything that Redis holds of them, of every company or of one. The order is: jobs and dead letters, so that
 * no worker begins on what is about to go; each conversation in one step, which says what was written before it; what is kept of
 * that. Each step may be repeated.
 */
@Injectable()
export class Erasure {
  constructor(
    private readonly store: BatchStore,
    private readonly people: People,
    private readonly jobs: ErasedJobs,
    private readonly batches: ErasedHistory,
    private readonly memories: ErasedMemories,
    private readonly records: ErasedRecords,
    private readonly setAside: SetAside,
  ) {}

  /**
   * @param companyId null: of every company.
   * @throws StoreUnavailableError if Redis cannot serve now: repeat the call.
   */
  async run(customer: string, companyId: string | null): Promise<ErasureOutcome> {
    const erased = nothing();
    const now = await this.store.commands(redisTimeMs);
    const erasedAt = new ErasedAt(now);
    const person = await this.people.of(customer, companyId);
    const conversations = await this.people.conversationsOf(person);
    const jobs = await this.jobs.of(person);
    for (const { conversationId } of jobs) conversations.add(conversationId);
    const setAside = (await this.setAside.ids()).filter((id) => person.isIn(id));
    for (const id of setAside) conversations.add(id);
    const begun = jobs.filter(({ isActive }) => isActive).map(atBot);
    const inFlight = [...begun, ...(await this.claimedOf(conversations, setAside, now))];
    if (inFlight.length > 0) return { kind: 'in-flight', inFlight, erased };

    inFlight.push(...(await this.removeJobs(jobs, erased)));
    await this.discard(person, erased);
    inFlight.push(...(await this.eraseEach(conversations, erasedAt, erased)));
    // What was settled, or buried, between the first look and that step.
    await this.discard(person, erased);
    const later = await this.jobs.of(person, erasedAt);
    inFlight.push(...(await this.removeJobs(later, erased)));
    if (inFlight.length > 0) return { kind: 'in-flight', inFlight, erased };
    await this.forget(person, erasedAt, [...jobs, ...later], erased);
    return { kind: 'erased', erased };
  }

  /** Of a conversation that is set aside nobody claims a batch again: once its lease is over, nobody has it in hand. */
  private async claimedOf(
    conversations: ReadonlySet<string>,
    setAside: readonly string[],
    now: number,
  ): Promise<InFlight[]> {
    const states = await Promise.all(
      [...conversations].map(async (conversationId): Promise<InFlight[]> => {
        const { batch, leaseUntil } = await this.store.stateOf(parseConversationId(conversationId));
        if (batch === undefined || leaseUntil === undefined) return [];
        if (setAside.includes(conversationId) && !(leaseUntil > now)) return [];
        return [{ conversationId, what: 'claimed', batchId: batch }];
      }),
    );
    return states.flat();
  }

  private async removeJobs(jobs: readonly FoundJob[], erased: Erased): Promise<InFlight[]> {
    const begun = await this.jobs.remove(jobs);
    erased.jobs += jobs.length - begun.length;
    return begun.map(atBot);
  }

  private async discard(person: Person, erased: Erased): Promise<void> {
    erased.deadLetters += (await this.batches.discard(person)).length;
  }

  /** The step that says which messages are erased; returns what a batcher has claimed meanwhile. */
  private async eraseEach(
    conversations: ReadonlySet<string>,
    erasedAt: ErasedAt,
    erased: Erased,
  ): Promise<InFlight[]> {
    const inFlight: InFlight[] = [];
    for (const conversationId of conversations) {
      const reply = await this.eraseOne(parseConversationId(conversationId), erased);
      if (reply.outcome === 'claimed') inFlight.push({ conversationId, what: 'claimed', batchId: null });
      else {
        erased.conversations += 1;
        erased.messages += reply.messages;
        erasedAt.note(conversationId, reply.at);
      }
    }
    return inFlight;
  }

  /** One that is set aside, or is found to be damaged now, is deleted as far as it is there, and then like any other. */
  private async eraseOne(conversation: Conversation, erased: Erased): Promise<EraseReply> {
    const eraseIt = (): Promise<EraseReply> => eraseConversation(this.store, conversation);
    const isKnown = await this.setAside.has(conversation);
    const reply = isKnown ? null : await eraseIt().catch(unlessSetAside);
    if (reply !== null) return reply;
    erased.messages += await this.setAside.erase(conversation);
    erased.setAside += 1;
    return eraseIt();
  }

  private async forget(
    person: Person,
    erasedAt: ErasedAt,
    jobs: readonly FoundJob[],
    erased: Erased,
  ): Promise<void> {
    const batches = await this.batches.forget(person, erasedAt);
    erased.history = batches.length;
    erased.memories = await this.memories.forget(person, erasedAt);
    erased.events = await this.jobs.removeEvents(person, new Set([...batches, ...jobs.map(({ id }) => id)]));
    erased.notes = await this.records.forgetNotes(person);
    erased.unreadable = await this.records.forgetUnreadable(person);
    // Last, for they say who the person is: a call that is repeated needs them.
    erased.aliases = await this.records.forgetAliases(person);
  }
}

/** Removes what one conversation holds, in one step. */
export function eraseConversation(store: BatchStore, conversation: Conversation): Promise<EraseReply> {
  const { id } = conversation;
  const keys = store.keysOf(conversation);
  const own = {
    latest: keys.latest(id),
    botState: keys.botState(id),
    colleagueWords: keys.colleagueWords(id),
    dialogue: keys.dialogue(id),
    customerFacts: keys.customerFacts(id),
    preferences: keys.preferences(id),
    damaged: keys.damaged(id),
  };
  return store.change(erase, conversation, { ...own, steered: keys.steered, awaited: keys.awaited }, {});
}

function atBot({ id, conversationId }: FoundJob): InFlight {
  return { conversationId, what: 'at-bot', batchId: id };
}

function nothing(): Erased {
  return {
    conversations: 0,
    messages: 0,
    setAside: 0,
    jobs: 0,
    deadLetters: 0,
    history: 0,
    memories: 0,
    aliases: 0,
    notes: 0,
    unreadable: 0,
    events: 0,
  };
}
