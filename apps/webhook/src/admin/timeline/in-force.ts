import { parseConversationId, type TimelineEntry } from '@app/contracts';

/** What keeps a conversation from being answered now: only what is in force can be ended. */
export interface InForce {
  isMuted: boolean;
  isHeld: boolean;
  /** The company whose bot is off, `-` for conversations without one; null while it is on. */
  off: string | null;
}

/** @param isBotOff by company. */
export function inForceIn(
  entries: readonly TimelineEntry[],
  isBotOff: (companyId: string | number | null) => boolean,
): (conversationId: string) => InForce {
  const now = entries.filter((entry) => 'isNow' in entry);
  const muted = new Set(
    now.flatMap((each) => (each.kind === 'mute' && !('company' in each) ? [each.conversationId] : [])),
  );
  const held = new Set(now.flatMap((each) => (each.kind === 'hold' ? [each.conversationId] : [])));
  return (conversationId) => {
    const { companyId } = parseConversationId(conversationId);
    return {
      isMuted: muted.has(conversationId),
      isHeld: held.has(conversationId),
      off: isBotOff(companyId) ? String(companyId ?? '-') : null,
    };
  };
}
