import type { BotRequest } from './bot';
import { markLate } from './late';

const NOW = 1_800_000_000_000;
const batch = (...receivedAt: number[]): BotRequest =>
  ({ batchId: 'b-1', messages: receivedAt.map((at) => ({ receivedAt: at })) }) as unknown as BotRequest;

describe('a message that comes to the bot late', () => {
  it('is marked where its last fragment came longer ago than is allowed', () => {
    expect(markLate(batch(NOW - 90_000, NOW - 61_000), 60_000, NOW)).toMatchObject({ late: true });
  });

  it('is as it was where that is not so, and where nothing is late', () => {
    for (const [message, staleMs] of [
      [batch(NOW - 90_000, NOW - 59_000), 60_000],
      [batch(NOW - 90_000), 0],
      [{ eventId: 'e-1' } as unknown as BotRequest, 1],
    ] as const)
      expect(markLate(message, staleMs, NOW)).toBe(message);
  });
});
