import type { JSX } from 'preact';
import type { Sentence } from '@app/contracts';
import { saidIn, shown } from '../words/shown';
import { useWords } from '../words/words';

/** What can be done from within a sentence. */
export type Mend =
  'flush' | 'unmute' | 'release' | 'unblock' | 'resume' | 'redrive' | 'replay' | 'repair' | 'botOn';

const MENDS: readonly string[] = [
  'flush',
  'unmute',
  'release',
  'unblock',
  'resume',
  'redrive',
  'replay',
  'repair',
  'botOn',
] satisfies Mend[];

interface SayProps {
  /** Undefined: the server is older. */
  sentence: Sentence | null | undefined;
  /** In English, as the server says it. */
  otherwise: string;
  /** Without it a call is shown, and not done. */
  onMend?: ((mend: Mend) => void) | undefined;
}

/** A sentence of the server's, in which a call that mends something is a button. */
export function Say({ sentence, otherwise, onMend }: SayProps): JSX.Element {
  const words = useWords();
  const show = (name: string, value: string | number): string | JSX.Element => {
    if (!MENDS.includes(name)) return shown(words, name, value);
    const mend = name as Mend;
    if (onMend === undefined) return <code>{value}</code>;
    return (
      <button type="button" class="mends" title={String(value)} onClick={() => onMend(mend)}>
        {words.verbs[mend]}
      </button>
    );
  };
  return <>{saidIn<string | JSX.Element>(words, sentence, otherwise, show)}</>;
}
