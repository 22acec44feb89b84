import type { ProcessRegistry } from '@app/batching';
import { SilentFaults } from './silent-faults';

describe('what goes wrong while every call succeeds', () => {
  let faults: SilentFaults;

  beforeEach(() => {
    faults = new SilentFaults({ reportFindings: () => undefined } as unknown as ProcessRegistry);
  });

  it('is nothing to begin with', () => {
    expect(faults.findings(performance.now())).toEqual([]);
  });

  it('is each gateway whose reply went nowhere, once, with the variable that mends it', () => {
    for (const gateway of ['waha', 'waha', 'generic', 'made-up', 'made-up-too']) faults.replyLogged(gateway);
    const found = faults.findings(performance.now());
    expect(found.map(({ code }) => code)).toEqual(['no-sender', 'no-sender', 'no-sender']);
    expect(found.map(({ check }) => check)).toEqual([
      expect.stringContaining('cannot be answered') as string,
      expect.stringContaining('Set VENOM_SENDER_URL') as string,
      expect.stringContaining('Set WAHA_API_URL') as string,
    ]);
  });

  it('is an answer that nobody understands, while that is news', () => {
    faults.answerNotUnderstood('html');
    const nowMs = performance.now();
    expect(faults.findings(nowMs)).toMatchObject([{ code: 'bot-not-understood' }]);
    expect(faults.findings(nowMs + 11 * 60_000)).toEqual([]);
  });
});
