import { isEvent, type BotRequest } from './bot';

/**
 * Marks a message whose customer has waited for longer than `STALE_REPLY`, so that the bot may answer accordingly: "good
 * morning" is no answer to last night's question.
 *
 * @param staleMs counted from the arrival of its last fragment; 0: none is late.
 */
export function markLate(request: BotRequest, staleMs: number, nowMs: number): BotRequest {
  if (staleMs === 0 || isEvent(request)) return request;
  const arrivedMs = Math.max(...request.messages.map(({ receivedAt }) => receivedAt));
  return nowMs - arrivedMs > staleMs ? { ...request, late: true } : request;
}
