import type { JSX } from 'preact';
import { isUnread, type Unread } from '../live/http';
import { useWords } from '../words/words';

interface LoadedProps<T> {
  what: T | Unread | null;
  children: (what: T) => JSX.Element;
}

/** What was read; before that, that it is being read, or why it cannot be. */
export function Loaded<T extends object>({ what, children }: LoadedProps<T>): JSX.Element {
  const words = useWords();
  if (what === null) return <p class="quiet">{words.loading}</p>;
  if (isUnread(what)) return <p class="problem">{words.notLoaded(what.why ?? words.nobodyAnswers)}</p>;
  return children(what);
}
