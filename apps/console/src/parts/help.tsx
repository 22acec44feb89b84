import type { JSX } from 'preact';
import { useWords } from '../words/words';
import { Dialog } from './dialog';

export function Help({ onClose }: { onClose: () => void }): JSX.Element {
  const words = useWords();
  return (
    <Dialog title={words.help} onClose={onClose}>
      <dl class="keys">
        {Object.entries(words.keys).map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="actions">
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
      </p>
    </Dialog>
  );
}
