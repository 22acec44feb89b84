import type { StandIn } from '../support/stand-in';
import type { Victim } from './saboteur';

/** A server of a test that can be killed, and frozen: then it answers what it has heard once it thaws. */
export function standInVictim(name: string, standIn: StandIn): Victim {
  const { answer } = standIn;
  let unanswered: (() => void)[] | null = null;
  standIn.answer = (heard, response) => {
    if (unanswered) unanswered.push(() => answer(heard, response));
    else answer(heard, response);
  };
  return {
    name,
    kill: () => standIn.goAway(),
    restart: () => standIn.comeBack(),
    freeze: () => void (unanswered = []),
    thaw: () => {
      const waiting = unanswered ?? [];
      unanswered = null;
      for (const each of waiting) each();
    },
  };
}
