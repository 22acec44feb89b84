import type { JSX, RefObject } from 'preact';
import type { LiveWindow } from '@app/contracts';
import { useNow } from '../live/now';
import type { View } from '../live/view';
import { useWords } from '../words/words';
import { WindowRow } from './window-row';

interface WindowsProps {
  view: View;
  listed: readonly LiveWindow[];
  chosen: string | null;
  search: string;
  onSearch: (text: string) => void;
  searchField: RefObject<HTMLInputElement | null>;
}

/** The windows that are filling, soonest first. */
export function Windows({ view, listed, chosen, search, onSearch, searchField }: WindowsProps): JSX.Element {
  const words = useWords();
  const now = useNow() + view.clockMs;
  return (
    <section class="windows" aria-labelledby="filling">
      <h2 id="filling">{words.filling}</h2>
      <input
        ref={searchField}
        type="search"
        class="search"
        value={search}
        placeholder={words.search}
        aria-label={words.search}
        onInput={(event) => onSearch(event.currentTarget.value)}
      />
      <ul class="rows">
        {listed.map((window) => (
          <WindowRow
            key={window.conversationId}
            window={window}
            now={now}
            isChosen={window.conversationId === chosen}
          />
        ))}
      </ul>
      {listed.length === 0 && <p class="quiet">{search === '' ? words.nothing : words.noMatch}</p>}
      {view.more > 0 && <p class="quiet">{words.more(view.more)}</p>}
    </section>
  );
}
