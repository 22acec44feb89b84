import type { BotOutcome } from './bot';
import { BotCircuit, type Permit } from './bot-circuit';

const answer = { status: null, error: 'ECONNREFUSED', headers: {}, body: '' };
const ANSWERED: BotOutcome = { kind: 'answered', replies: [], notUnderstood: null };
const REFUSED: BotOutcome = { kind: 'refused', answer: { ...answer, status: 400 } };
const away = (retryAfterMs: number | null = null, error = 'ECONNREFUSED'): BotOutcome => ({
  ...{ kind: 'unavailable', answer: { ...answer, error }, retryAfterMs, mayBlame: false },
});

describe('the circuit to the bot', () => {
  let nowMs: number;
  let circuit: BotCircuit;

  beforeEach(() => {
    nowMs = 1_000_000;
    circuit = new BotCircuit({
      get nowMs() {
        return nowMs;
      },
      get monotonicMs() {
        return nowMs;
      },
    });
  });

  const call = (outcome?: BotOutcome): void => begun().end(outcome);
  const begun = (): Permit => {
    const permit = circuit.begin();
    if (permit === null) throw new Error('no call may be made');
    return permit;
  };
  const open = (): void => {
    for (let i = 0; i < 3; i += 1) call(away());
  };

  it('lets every call through until three in a row have failed', () => {
    for (const outcome of [away(), away(), ANSWERED, away(), away()]) call(outcome);
    expect(circuit.absence).toBeNull();
    const sinceMs = nowMs;
    nowMs += 500;
    call(away(null, 'the bot answered 503'));
    expect(circuit.absence).toEqual({ sinceMs, error: 'the bot answered 503' });
    expect(circuit.begin()).toBeNull();
  });

  it('counts neither what the bot refused nor what was broken off', () => {
    for (const outcome of [away(), away(), REFUSED, { kind: 'interrupted' } as const]) call(outcome);
    call();
    expect(circuit.absence).toBeNull();
    call(away());
    expect(circuit.absence).not.toBeNull();
  });

  it('then lets one through at a time, after 1, 2, 4, 8 and then each 15 s', () => {
    open();
    for (const waitMs of [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
      nowMs += waitMs - 1;
      expect(circuit.begin()).toBeNull();
      nowMs += 1;
      const probe = begun();
      expect(circuit.begin()).toBeNull();
      probe.end(away());
    }
    nowMs += 15_000;
    call(ANSWERED);
    expect(circuit.absence).toBeNull();
  });

  it('asks no sooner than the bot wants to be asked', () => {
    call(away());
    call(away());
    call(away(60_000));
    nowMs += 59_999;
    expect(circuit.begin()).toBeNull();
    nowMs += 1;
    call(away(5_000));
    nowMs += 4_999;
    expect(circuit.isProbeDue).toBe(false);
    nowMs += 1;
    expect(circuit.isProbeDue).toBe(true);
  });

  it('is closed by the answer of a call that had begun before it was open', () => {
    const early = begun();
    open();
    early.end(ANSWERED);
    expect(circuit.absence).toBeNull();
  });

  it('is not closed by a refusal: a proxy may say it in the place of a bot that is away', () => {
    open();
    nowMs += 1_000;
    call(REFUSED);
    expect(circuit.absence).not.toBeNull();
    expect(circuit.begin()).toBeNull();
    nowMs += 2_000;
    call(ANSWERED);
    expect(circuit.absence).toBeNull();
  });

  it('lets the next be the probe where the first came to no call', () => {
    open();
    nowMs += 1_000;
    call();
    call({ kind: 'interrupted' });
    call(ANSWERED);
    expect(circuit.absence).toBeNull();
  });

  it('knows whether the bot has answered any call since a moment', () => {
    expect(circuit.hasAnsweredSince(0)).toBe(false);
    call(ANSWERED);
    const answeredAtMs = nowMs;
    nowMs += 10;
    call(REFUSED);
    expect(circuit.hasAnsweredSince(answeredAtMs)).toBe(true);
    expect(circuit.hasAnsweredSince(answeredAtMs + 1)).toBe(false);
  });

  it('knows of no answer while the bot is away, though the clock that said when went back since', () => {
    call(ANSWERED);
    nowMs -= 600_000;
    open();
    expect(circuit.hasAnsweredSince(nowMs)).toBe(false);
  });
});
