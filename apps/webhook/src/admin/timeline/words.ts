import type { TimelineEntry } from '@app/batching';
import { type Conversation, parseConversationId } from '@app/contracts';

/** An entry in plain words and, where something is wrong or held back, the setting or call that mends it. */
export interface Words {
  says: string;
  mend: string | null;
}

/** The entries of one kind. */
export type Of<Kind extends TimelineEntry['kind'], Entry = TimelineEntry> = Entry extends {
  kind: infer Own;
}
  ? Kind extends Own
    ? Entry
    : never
  : never;

export function said(says: string, mend: string | null = null): Words {
  return { says, mend };
}

/** `1 message`, `4 messages`. */
export function many(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** `until <time>`; without a time, until somebody ends it. */
export function until(ms: number | null): string {
  return ms === null ? 'until that is ended' : `until ${timeOf(ms)}`;
}

/** ` by <name>`; nothing where the key has no name. */
export function by(name: string | null): string {
  return name === null ? '' : ` by ${name}`;
}

/** A call about the customer of an entry, with its company. */
export function callOf(method: string, path: string, conversationId: string): string {
  const { customer, companyId }: Conversation = parseConversationId(conversationId);
  const company = companyId === null ? '' : `?companyId=${companyId}`;
  return `${method} ${path.replace(':phone', customer)}${company}`;
}
