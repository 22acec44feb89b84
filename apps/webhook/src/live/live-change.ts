import type { LiveChange, LiveSnapshot, LiveWindow } from '@app/contracts';

/** What makes the later of two snapshots of the earlier; null if they show the same. */
export function changeBetween(before: LiveSnapshot, after: LiveSnapshot): LiveChange | null {
  const had = new Map(before.windows.map((window) => [window.conversationId, window]));
  const set = after.windows.filter((window) => !isSame(had.get(window.conversationId), window));
  const has = new Set(after.windows.map(({ conversationId }) => conversationId));
  const gone = before.windows.map(({ conversationId }) => conversationId).filter((id) => !has.has(id));
  const { at, state, more } = after;
  const isStateSame = isSame(before.state, state);
  if (isStateSame && set.length === 0 && gone.length === 0 && before.more === more) return null;
  const change: LiveChange = { at, set, gone, more };
  return isStateSame ? change : Object.assign(change, { state });
}

/** Both were made by one piece of code, so their fields have one order. */
function isSame(one: LiveWindow | object | undefined, other: object): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}
