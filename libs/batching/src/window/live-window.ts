import {
  channelOf,
  type Conversation,
  habitIn,
  type LiveWait,
  type LiveWindow,
  phoneOf,
} from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import type { ConversationState } from '../store/scripts/state.fragment';

/** What is known of a conversation besides its state. Times are ms since the epoch, by Redis's clock. */
export interface Moment {
  now: number;
  lastMessageAt: number | null;
  isPaused: boolean;
  /** The bot is switched off for its company. */
  isBotOff: boolean;
}

/** Why a conversation that holds messages, or is in a turn, is not answered yet, and how long it may take; null if it is neither. */
export function liveWindow(
  conversation: Conversation,
  state: ConversationState,
  { now, lastMessageAt, isPaused, isBotOff }: Moment,
  limits: BatchingSettings['window'],
): LiveWindow | null {
  const { size = 0, count = 0, batch, leaseUntil, turn, turnBegan, answerAt, mutedUntil = 0 } = state;
  if (size === 0 && turn === undefined) return null;
  const about = {
    conversationId: conversation.id,
    phone: phoneOf(conversation.customer),
    channel: channelOf(conversation.customer),
    companyId: conversation.companyId,
    size,
    behind: 0,
    silenceMs: null,
    habit: null,
    isMuted: isBotOff || mutedUntil > now,
    isDraft: false,
  };
  if (batch !== undefined && leaseUntil !== undefined)
    return Object.assign(about, {
      waits: 'hand-off' as const,
      since: state.flushedAt ?? null,
      until: null,
      behind: size - count,
    });
  if (turn !== undefined)
    return Object.assign(about, {
      waits: turnBegan === undefined ? ('queued' as const) : ('bot' as const),
      since: turnBegan ?? null,
      until: answerAt !== undefined && answerAt > now ? answerAt : null,
      behind: batch === turn ? size - count : size,
      isDraft: batch === turn && answerAt !== undefined,
    });
  const { waits, until } = waitOf(state, now, limits);
  return Object.assign(about, silenceOf(state, lastMessageAt), {
    waits: isPaused && DUE.includes(waits) ? ('paused' as const) : waits,
    since: lastMessageAt,
    until,
  });
}

/** What a batcher takes at its next look. */
const DUE: readonly LiveWait[] = ['due', 'full', 'flushed'];

function silenceOf(
  { quiet, why }: ConversationState,
  lastMessageAt: number | null,
): Pick<LiveWindow, 'silenceMs' | 'habit'> {
  return {
    silenceMs: quiet === undefined || lastMessageAt === null ? null : Math.max(0, quiet - lastMessageAt),
    habit: why === undefined ? null : habitIn(why),
  };
}

/** As the scripts judge it (`DUE_AT`): the time is theirs, and this adds the reason in words. */
function waitOf(
  state: ConversationState,
  now: number,
  limits: BatchingSettings['window'],
): { waits: LiveWait; until: number | null } {
  const { size = 0, count = 0, first = 0, dueUpTo = 0, opened = now, quiet = now, bytes = 0 } = state;
  const { typing = 0, awaits = 0, heldUntil = 0, slowedUntil = 0, start = Infinity } = state;
  const [maxSize, maxWaitMs] = state.limits ?? [limits.maxSize, limits.maxWaitMs];
  if (dueUpTo >= first && dueUpTo > 0) return { waits: 'flushed', until: null };
  if (heldUntil > now) return { waits: 'held', until: heldUntil };
  const longest = opened + maxWaitMs;
  const isFull = size - count >= maxSize || bytes >= limits.maxStoredBytes;
  const silence = isFull ? 0 : Math.min(start, quiet);
  const at = Math.max(silence, isFull ? 0 : typing, awaits);
  if (slowedUntil > now && slowedUntil >= Math.min(at, longest))
    return { waits: 'slowed', until: slowedUntil };
  if (isFull && Math.min(awaits, longest) <= now) return { waits: 'full', until: null };
  if (Math.min(at, longest) <= now) return { waits: 'due', until: null };
  if (longest < at) return { waits: 'longest-wait', until: longest };
  if (awaits === at) return { waits: 'transcript', until: awaits };
  if (typing > silence) return { waits: 'typing', until: typing };
  return { waits: start < quiet ? 'early-start' : 'silence', until: silence };
}
