import type { CustomerFacts, Exchange, Preferences, Summary } from '../turn/turn-plan';

/** What is known of a conversation before it is answered. */
export interface Memory {
  /** Oldest first; those that the summary tells of are not among them. */
  exchanges: Exchange[];
  summary: Summary | null;
  customer: CustomerFacts;
  preferences: Preferences;
}
