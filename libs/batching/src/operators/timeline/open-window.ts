import type { Conversation, MergedPart, TimelineEntry, WaitsFor } from '@app/contracts';
import type { BatchStore } from '../../store/batch-store';
import type { ConversationState } from '../../store/scripts/state.fragment';
import { readOpenBatch } from '../../window/open-batch';
import { shown } from '../../window/steering';

/** What a conversation holds at present. */
export interface PresentWindow {
  messages: readonly MergedPart[];
  /** The batches that its state names. */
  batchIds: string[];
  entries: TimelineEntry[];
}

/**
 * The window, claim and turn of a conversation, and what they wait for.
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export async function presentWindow(
  store: BatchStore,
  conversation: Conversation,
  nowMs: number,
): Promise<PresentWindow> {
  const keys = store.keysOf(conversation);
  const { id: conversationId } = conversation;
  const [open, state, [paused, setAside, latest]] = await Promise.all([
    readOpenBatch(store, conversation),
    store.stateOf(conversation),
    store.commands((redis) =>
      Promise.all([
        redis.exists(keys.paused),
        redis.hexists(keys.setAside, conversationId),
        redis.get(keys.latest(conversationId)),
      ]),
    ),
  ]);
  const isHeld = state.heldUntil !== undefined && state.heldUntil > nowMs;
  const about = { conversationId, at: nowMs } as const;
  const waiting = open === null ? 0 : open.size - (state.batch ? (state.count ?? 0) : 0);
  const entries: TimelineEntry[] = steeringOf(state, about);
  const { companyId } = conversation;
  if (store.settings.isBotOff(companyId))
    entries.push({
      ...about,
      kind: 'mute',
      isMuted: true,
      company: companyId === null ? '-' : String(companyId),
      until: null,
      by: null,
      isNow: true,
    });
  if (open && (waiting > 0 || setAside === 1))
    entries.push({
      ...about,
      kind: 'batch',
      state: 'filling',
      batchId: null,
      messages: waiting,
      waitsFor: setAside === 1 ? 'set-aside' : waitsFor(state, { nowMs, isPaused: paused === 1, isHeld }),
      dueAt: open.dueAt,
    });
  return { messages: open?.messages ?? [], batchIds: namedBy(state, latest), entries };
}

function steeringOf(
  { heldUntil = 0, mutedUntil = 0 }: ConversationState,
  about: { conversationId: string; at: number },
): TimelineEntry[] {
  const now = { ...about, by: null, isNow: true } as const;
  const entries: TimelineEntry[] = [];
  if (heldUntil > about.at) entries.push({ ...now, kind: 'hold', isHeld: true, until: shown(heldUntil) });
  if (mutedUntil > about.at) entries.push({ ...now, kind: 'mute', isMuted: true, until: shown(mutedUntil) });
  return entries;
}

/** @param now what is so beside the conversation's own state. */
function waitsFor(
  {
    leaseUntil,
    turn,
    dueUpTo = 0,
    first = 0,
    typing = 0,
    awaits = 0,
    quiet = 0,
    slowedUntil = 0,
  }: ConversationState,
  { nowMs, isPaused, isHeld }: { nowMs: number; isPaused: boolean; isHeld: boolean },
): WaitsFor {
  if (leaseUntil !== undefined) return 'claimed';
  if (turn !== undefined) return 'bot';
  if (isPaused) return 'paused';
  if (dueUpTo >= first && dueUpTo > 0) return 'due';
  if (isHeld) return 'held';
  if (slowedUntil > nowMs) return 'slowed';
  if (awaits > nowMs && awaits >= Math.max(typing, quiet)) return 'transcript';
  if (typing > nowMs && typing > quiet) return 'typing';
  return quiet > nowMs ? 'silence' : 'due';
}

function namedBy({ turn, batch, replaced = '' }: ConversationState, latest: string | null): string[] {
  return [turn, batch, ...replaced.split(' '), latest].filter(
    (id) => typeof id === 'string' && id !== '',
  ) as string[];
}
