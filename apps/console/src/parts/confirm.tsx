import type { JSX } from 'preact';
import { useWords } from '../words/words';
import { Dialog } from './dialog';

/** A question before something is done, which names what it does. */
export interface Question {
  title: string;
  text: string;
  /** It loses something. */
  isGrave: boolean;
  act: () => void;
}

export function Confirm({ question, onClose }: { question: Question; onClose: () => void }): JSX.Element {
  const words = useWords();
  const act = (): void => {
    onClose();
    question.act();
  };
  return (
    <Dialog title={question.title} onClose={onClose}>
      <p>{question.text}</p>
      <p class="actions">
        <button type="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="button" class={question.isGrave ? 'grave' : 'main'} onClick={act}>
          {question.title}
        </button>
      </p>
    </Dialog>
  );
}
