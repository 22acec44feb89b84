import { useState } from 'preact/hooks';
import type { Texts } from '../words/texts';
import { type Act, acts } from './acts';
import type { Answer, Problem } from './http';

interface Said {
  text: string;
  isBad: boolean;
}

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
  const hear = (act: Act, id: string, { status, body }: Answer<Problem>): void => {
    if (status === 401) setAgain(() => () => run(act, id));
    else setSaid(sentence(words, act, status, body));
  };
  const run = (act: Act, id: string): void => {
    acts[act](id).then(
      (answer) => hear(act, id, answer),
      () => undefined,
    );
  };
  return { run, said, again, refused: (act) => setAgain(() => act), forget: () => setAgain(null) };
}

function sentence(words: Texts, act: Act, status: number, { detail, title }: Problem): Said {
  if (status >= 200 && status < 300) return { text: words.done[act] ?? '', isBad: false };
  const why = status === 0 ? words.nobodyAnswers : (detail ?? title ?? String(status));
  return { text: words.failed(why), isBad: true };
}
