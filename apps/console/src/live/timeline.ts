import { parseConversationId } from '@app/contracts';
import { call } from './http';

/** One thing that happened, as `GET /admin/conversations/:phone/timeline` tells it. Times are ms since the epoch. */
export interface Entry {
  at: number;
  kind:
    | 'message'
    | 'edit'
    | 'revoke'
    | 'ignored'
    | 'batch'
    | 'attempt'
    | 'reply'
    | 'takeover'
    | 'hold'
    | 'mute'
    | 'operator';
  conversationId: string;
  /** In plain English. */
  says: string;
  /** The setting or call that mends it. */
  mend: string | null;
  batchId?: string | null;
  /** The words of a message, an edit or a reply. */
  text?: string;
  /** Of a message. */
  type?: string;
  gapMs?: number | null;
  /** Of a batch or a reply. */
  state?: string;
  /** Of a batch: how many. */
  messages?: number;
  waitsFor?: string;
  awaits?: string;
  reason?: string;
  silenceMs?: number;
  window?: { ms: number; why: string };
  final?: boolean;
  /** Of an attempt, an edit or a revocation. */
  outcome?: string;
  status?: number | null;
  ms?: number;
  error?: string;
  gateway?: string;
  did?: string;
  isHeld?: boolean;
  isMuted?: boolean;
  act?: string;
  by?: string | null;
}

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

/** What is kept of a conversation; a text says why it cannot be read. */
export async function readTimeline(conversationId: string): Promise<Timeline | string> {
  const { status, body } = await call<Timeline>(
    'GET',
    pathOf('/admin/conversations', conversationId, '/timeline'),
  );
  if (status !== 200) return body.detail ?? String(status);
  // Without a company the call is about those of all companies.
  const entries = body.entries.filter((entry) => entry.conversationId === conversationId);
  return { entries, isCut: body.isCut };
}

/** How many messages nobody has answered: what a clearing would lose. */
export function pendingIn({ entries }: Timeline): number {
  return entries.findLast(({ kind, state }) => kind === 'batch' && state === 'filling')?.messages ?? 0;
}
