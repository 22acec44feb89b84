import { useEffect, useRef, useState } from 'preact/hooks';
import type { Texts } from '../words/texts';
import { type Act, acts, type Done } from './acts';
import type { Answer } from './http';

interface Said {
  text: string;
  isBad: boolean;
  /** It is said until something else is. */
  isUnderWay?: boolean;
}

/** What takes longer is said to be under way, ms. */
const SLOW_MS = 400;
/** How long what became of an act is said, ms; what went wrong may have to be read twice. */
const SAID_FOR_MS = 6_000;
const BAD_FOR_MS = 20_000;

/** Nobody answered, or somebody for another who did not: Redis may do what it was told once it is back. */
const UNHEARD: readonly number[] = [0, 502, 503, 504];

export interface Acts {
  run: (act: Act, id: string) => void;
  /** What became of the latest. */
  said: Said | null;
  /** Something else needs the key, and is done again with it. */
  refused: (again: () => void) => void;
  /** Does what needed the key once more; null if nothing did. */
  again: (() => void) | null;
  forget: () => void;
}

/** Does something, and says what became of it. */
export function useActs(words: Texts): Acts {
  const [said, setSaid] = useState<Said | null>(null);
  const [again, setAgain] = useState<(() => void) | null>(null);
  useEffect(() => {
    if (said === null || said.isUnderWay === true) return;
    const timer = setTimeout(() => setSaid(null), said.isBad ? BAD_FOR_MS : SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const hear = (act: Act, id: string, { status, body }: Answer<Done>): void => {
    if (status === 401) {
      setSaid(null);
      setAgain(() => () => run(act, id));
    } else setSaid(sentence(words, act, status, body));
  };
  const underWay = useRef(new Set<string>());
  const run = (act: Act, id: string): void => {
    const key = `${act} ${id}`;
    // Twice pressed on a slow way.
    if (underWay.current.has(key)) return;
    underWay.current.add(key);
    const text = act === 'redriveAll' ? words.redriving : words.underWay;
    const timer = setTimeout(() => setSaid({ text, isBad: false, isUnderWay: true }), SLOW_MS);
    acts[act](id)
      .finally(() => {
        clearTimeout(timer);
        underWay.current.delete(key);
      })
      .then(
        (answer) => hear(act, id, answer),
        () => undefined,
      );
  };
  return { run, said, again, refused: (act) => setAgain(() => act), forget: () => setAgain(null) };
}

function sentence(words: Texts, act: Act, status: number, body: Done): Said {
  const { detail, title, redriven, busy = 0 } = body;
  if (status >= 200 && status < 300) {
    const text = redriven === undefined ? (words.done[act] ?? '') : words.redriven(redriven, busy);
    return { text, isBad: false };
  }
  if (status === 409 && words.conflict[act] !== undefined) return { text: words.conflict[act], isBad: true };
  if (status === 412) return { text: words.changedMeanwhile, isBad: true };
  if (UNHEARD.includes(status)) return { text: words.unheard, isBad: true };
  return { text: words.failed(detail ?? title ?? String(status)), isBad: true };
}
