import { isEvent, type Telling } from './bot';

/**
 * Marks a message whose customer has waited for longer than `STALE_REPLY`, so that the bot may answer accordingly: "good
 * morning" to a question of last night helps nobody.
 *
 * @param staleMs counted from the arrival of its last fragment; 0: none is late.
 */
export function markLate(telling: Telling, staleMs: number, nowMs = Date.now()): Telling {
  if (staleMs === 0 || isEvent(telling)) return telling;
  const arrivedMs = Math.max(...telling.messages.map(({ receivedAt }) => receivedAt));
  return nowMs - arrivedMs > staleMs ? { ...telling, late: true } : telling;
}
