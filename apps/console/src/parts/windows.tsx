import type { JSX, RefObject } from 'preact';
import type { LiveWindow } from '@app/contracts';
import { useNow } from '../live/now';
import type { View } from '../live/view';
import { useWords } from '../words/words';
import { WindowRow } from './window-row';

interface WindowsProps {
  view: View;
  /** Since when nothing new is known, ms since the epoch: what counts down stands still; null while it does not. */
  stoppedAt: number | null;
  listed: readonly LiveWindow[];
  chosen: string | null;
  search: string;
  onSearch: (text: string) => void;
  searchField: RefObject<HTMLInputElement | null>;
}

/** The windows that are filling, soonest first. */
export function Windows({
  view,
  stoppedAt,
  listed,
  chosen,
  search,
  onSearch,
  searchField,
}: WindowsProps): JSX.Element {
  const words = useWords();
  const clock = useNow();
  const now = (stoppedAt ?? clock) + view.clockMs;
  return (
    <section class="windows" aria-labelledby="filling">
      <div class="top">
        <h2 id="filling">{words.filling}</h2>
        <input
          ref={searchField}
          type="search"
          class="search"
          value={search}
          placeholder={`${words.search}  /`}
          aria-label={words.search}
          onInput={(event) => onSearch(event.currentTarget.value)}
        />
      </div>
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
