import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { beginSession } from '../live/http';
import { useWords } from '../words/words';
import { Dialog } from './dialog';

interface KeyDialogProps {
  /** Nothing can be seen without the key; else it is only to change something. */
  isLocked: boolean;
  onOpen: () => void;
  onClose: () => void;
}

export function KeyDialog({ isLocked, onOpen, onClose }: KeyDialogProps): JSX.Element {
  const words = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const judge = (status: number): void => {
    if (status === 200) onOpen();
    else if (status === 401) setProblem(words.keyWrong);
    else setProblem(words.failed(status === 0 ? words.nobodyAnswers : String(status)));
  };
  const open = (event: Event): void => {
    event.preventDefault();
    const key = new FormData(event.target as HTMLFormElement).get('key');
    beginSession(typeof key === 'string' ? key.trim() : '').then(judge, () => judge(0));
  };
  return (
    <Dialog title={words.keyTitle} {...(!isLocked && { onClose })}>
      <form onSubmit={open}>
        <p>{isLocked ? words.keyWhy : words.keyWhyChange}</p>
        <label class="field">
          {words.keyLabel}
          <input name="key" type="password" autocomplete="current-password" required />
        </label>
        <p role="alert" class="problem">
          {problem}
        </p>
        <p class="actions">
          <button type="submit" class="main">
            {words.keyOpen}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
