import { parseConversationId, type Said, type TimelineEntry } from '@app/contracts';
import { call, type Unread, whyNot } from './http';

/** One thing that happened, as `GET /admin/conversations/:phone/timeline` tells it. */
export type Entry = TimelineEntry & {
  /** In English. */
  says: string;
  mend: string | null;
  /** The same as codes; an older server does not send them. */
  said?: Said;
};

export interface Timeline {
  entries: Entry[];
  /** Older ones may be missing. */
  isCut: boolean;
}

/** The address of a call about a conversation's customer, limited to its company. */
export function pathOf(
  start: string,
  conversationId: string,
  end = '',
  query: Record<string, string> = {},
): string {
  const { customer, companyId } = parseConversationId(conversationId);
  const company: Record<string, string> = companyId === null ? {} : { companyId: String(companyId) };
  const search = new URLSearchParams(Object.assign(company, query)).toString();
  return `${start}/${encodeURIComponent(customer)}${end}${search === '' ? '' : `?${search}`}`;
}

/** What is kept of a conversation. */
export async function readTimeline(conversationId: string): Promise<Timeline | Unread> {
  const answer = await call<Timeline>('GET', pathOf('/admin/conversations', conversationId, '/timeline'));
  if (answer.status !== 200) return whyNot(answer);
  const { body } = answer;
  // Without a company the call is about those of all companies.
  const entries = body.entries.filter(
    (entry) => entry.conversationId === conversationId && !isOrderInForce(entry),
  );
  return { entries, isCut: body.isCut };
}

/** The page says above the timeline what is ordered for the conversation, and until when. */
function isOrderInForce(entry: Entry): boolean {
  return 'isNow' in entry;
}

/** True for what is so at present, which has no time of its own. */
export function isPresent(entry: Entry): boolean {
  return entry.kind === 'batch' && (entry.state === 'filling' || entry.state === 'waiting');
}

/** What mends several lines is said at the last of them; by entry, whether that is here. */
export function mendsIn(entries: readonly Entry[]): boolean[] {
  const last = new Map(entries.map(({ mend }, i) => [mend, i]));
  return entries.map(({ mend }, i) => mend !== null && last.get(mend) === i);
}

/** What a bot answered in place of a reply, which says what is wrong; null where it is a reply, or nothing. */
export function faultIn(entry: Entry): string | null {
  if (entry.kind !== 'attempt') return null;
  return entry.outcome === 'answered' && entry.notUnderstood === undefined ? null : entry.answer;
}

/** How many messages nobody has answered: what a clearing would lose. */
export function pendingIn({ entries }: Timeline): number {
  const filling = entries.findLast((entry) => entry.kind === 'batch' && entry.state === 'filling');
  return filling?.kind === 'batch' ? filling.messages : 0;
}

/** From the last message of its batch to a reply, ms; null if that is not known. */
export function delayOf({ entries }: Timeline, reply: Entry): number | null {
  if (reply.kind !== 'reply') return null;
  const { batchId, at } = reply;
  const last = entries.findLast((entry) => entry.kind === 'message' && entry.batchId === batchId);
  return last === undefined ? null : Math.max(0, at - last.at);
}
