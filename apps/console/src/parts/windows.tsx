import type { JSX, RefObject } from 'preact';
import type { LiveWindow } from '@app/contracts';
import { botOffFor } from '../live/bots-off';
import { useNow } from '../live/now';
import type { Found } from '../live/use-found';
import type { View } from '../live/view';
import { useWords } from '../words/words';
import { FoundRows } from './found-rows';
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
  /** Conversations of the customer who is searched; those that are listed are left out. */
  found: readonly Found[];
  /** Shows the first that was found. */
  onEnter: () => void;
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
  found,
  onEnter,
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
          onKeyDown={({ key }) => {
            if (key === 'Enter') onEnter();
          }}
        />
      </div>
      <ul class="rows">
        {listed.map((window) => (
          <WindowRow
            key={window.conversationId}
            window={window}
            now={now}
            isChosen={window.conversationId === chosen}
            isBotOff={botOffFor(view.state, window.conversationId) !== undefined}
          />
        ))}
      </ul>
      {found.length > 0 && <FoundRows found={found} chosen={chosen} />}
      {listed.length === 0 && found.length === 0 && (
        <p class="quiet">{search === '' ? words.nothing : words.noMatch}</p>
      )}
      {view.more > 0 && <p class="quiet">{words.more(view.more)}</p>}
    </section>
  );
}
