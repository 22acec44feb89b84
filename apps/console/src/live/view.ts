import type { LiveChange, LiveSnapshot, LiveState, LiveWait, LiveWindow } from '@app/contracts';

/** What the page shows of the system. */
export interface View {
  state: LiveState;
  windows: readonly LiveWindow[];
  more: number;
  /** What must be added to this machine's clock for Redis's, ms. */
  clockMs: number;
}

export function viewOf({ at, state, windows, more }: LiveSnapshot): View {
  return { state, more, clockMs: at - Date.now(), windows: windows.toSorted(inOrder) };
}

export function changed(view: View, { at, state, set, gone, more }: LiveChange): View {
  const left = new Set([...gone, ...set.map(({ conversationId }) => conversationId)]);
  const kept = view.windows.filter(({ conversationId }) => !left.has(conversationId));
  return {
    state: state ?? view.state,
    more,
    clockMs: at - Date.now(),
    windows: [...kept, ...set].sort(inOrder),
  };
}

const AT_THE_BOT: readonly LiveWait[] = ['bot', 'queued', 'hand-off'];

export function isAtBot({ waits }: LiveWindow): boolean {
  return AT_THE_BOT.includes(waits);
}

/** What is at the bot, longest first; then what is due soonest. */
function inOrder(one: LiveWindow, other: LiveWindow): number {
  return (
    Number(isAtBot(other)) - Number(isAtBot(one)) ||
    (isAtBot(one) ? (one.since ?? 0) - (other.since ?? 0) : (one.until ?? 0) - (other.until ?? 0)) ||
    (one.conversationId < other.conversationId ? -1 : 1)
  );
}
