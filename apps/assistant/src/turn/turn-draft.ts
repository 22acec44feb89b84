import type { Memory } from '../context/memory';
import type { CustomerFacts, PlannedAct, Preferences } from './turn-plan';

/** Whom an answer is for, and what it will do: tools write into it while the model thinks, and nothing happens before the commit. */
export class TurnDraft {
  private readonly acts = new Map<string, PlannedAct>();
  private readonly learntFacts: CustomerFacts = {};
  private readonly learntPreferences: Preferences = {};
  private readonly questions = new Set<string>();
  /** True once the model wants a colleague to go on. */
  isHandedOver = false;

  constructor(
    /** Digits; null if it is unknown. */
    readonly phone: string | null,
    /** What the customer has written. */
    readonly words: string,
    readonly memory: Memory,
  ) {}

  get knownName(): string | undefined {
    return this.learntFacts.name ?? this.memory.customer.name;
  }

  /** A second plan of the same subject replaces the first: the model has changed its mind. */
  plan(subject: string, act: PlannedAct): void {
    this.acts.set(subject, act);
  }

  learn(facts: CustomerFacts): void {
    Object.assign(this.learntFacts, facts);
  }

  prefer(what: Preferences): void {
    Object.assign(this.learntPreferences, what);
  }

  /** Notes that this answer asks the customer to confirm something: the next turn may do it. */
  ask(question: string): void {
    this.questions.add(question);
  }

  /** True if the answer before this one has asked it. */
  wasAsked(question: string): boolean {
    return this.memory.exchanges.at(-1)?.asked?.includes(question) ?? false;
  }

  /** What is known once this answer is committed. */
  get outcome(): { asked: string[]; acts: PlannedAct[]; customer: CustomerFacts; preferences: Preferences } {
    return {
      asked: [...this.questions],
      acts: [...this.acts.values()],
      customer: this.learntFacts,
      preferences: this.learntPreferences,
    };
  }
}
