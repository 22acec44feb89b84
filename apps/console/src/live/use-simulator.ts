import { useEffect, useState } from 'preact/hooks';
import type { Texts } from '../words/texts';
import { addressOf } from './address';
import type { Answer, Problem } from './http';
import {
  conversationIdOf,
  type Doing,
  forgetPhone,
  phoneOfTab,
  type Played,
  playedIn,
  simulate,
  type Simulated,
} from './simulator';

export interface Simulation {
  played: Played;
  said: string;
  /** @param onUntaken nobody answered, or it was refused; not where the key is asked for, with which it is tried again. */
  act: (doing: Doing, onUntaken?: () => void) => void;
  /** Shows the conversation of the tab's own customer. */
  open: () => void;
  choose: (companyId: string) => void;
  renew: () => void;
}

/** What became of something is said for so long, ms: soon after it is no longer so. */
const SAID_FOR_MS = 6_000;

/**
 * The customer that this tab plays: that of the conversation which is shown, or the tab's own.
 *
 * @param chosen the conversation that is shown.
 * @param onRefused the key is needed, to try again with.
 */
export function useSimulator(
  words: Texts,
  chosen: string | null,
  onRefused: (again: () => void) => void,
): Simulation {
  const [own, setOwn] = useState<Played>(() => ({ phone: phoneOfTab(), companyId: '1' }));
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const played = (chosen === null ? null : playedIn(chosen)) ?? own;
  const show = (customer: Played): void => {
    setOwn(customer);
    setSaid('');
    location.hash = addressOf({ kind: 'conversation', id: conversationIdOf(customer) });
  };
  /** @returns whether it was taken, or will be. */
  const hear = (doing: Doing, { status, body }: Answer<Simulated & Problem>): boolean => {
    if (status === 401) onRefused(() => act(doing));
    else if (status !== 200) setSaid(words.failed(body.detail ?? words.nobodyAnswers));
    else {
      const [result] = body.results;
      const { outcome = '', reason = outcome } = result ?? {};
      setSaid(words.outcome[reason] ?? words.outcome[outcome] ?? reason);
      if (doing.kind === 'message' && chosen !== conversationIdOf(played)) show(played);
    }
    return status === 200 || status === 401;
  };
  const act = (doing: Doing, onUntaken?: () => void): void => {
    simulate(played, doing).then(
      (answer) => {
        if (!hear(doing, answer)) onUntaken?.();
      },
      () => undefined,
    );
  };
  return {
    played,
    said,
    act,
    open: () => show(played),
    choose: (companyId) => show({ phone: played.phone, companyId }),
    renew: () => {
      forgetPhone();
      show({ phone: phoneOfTab(), companyId: played.companyId });
    },
  };
}
