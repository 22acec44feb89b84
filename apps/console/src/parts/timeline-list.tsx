import type { JSX } from 'preact';
import { delayOf, type Entry, faultIn, isPresent, mendsIn, type Timeline } from '../live/timeline';
import type { Texts } from '../words/texts';
import { clock, length, span, useWords } from '../words/words';
import { Answer } from './answer';
import { type Mend, Say } from './say';

/** After such a gap the time of day is said again, ms. */
const NEW_TIME_MS = 120_000;
/** A shorter gap is none, ms. */
const AT_ONCE_MS = 50;

interface TimelineListProps {
  timeline: Timeline;
  onMend: (mend: Mend, entry: Entry) => void;
}

/** What was written, and what became of it, line by line. */
export function TimelineList({ timeline, onMend }: TimelineListProps): JSX.Element {
  const words = useWords();
  const { entries, isCut } = timeline;
  const mends = mendsIn(entries);
  if (entries.length === 0) return <p class="quiet">{words.nothingKept}</p>;
  return (
    <>
      {isCut && <p class="quiet">{words.isCut}</p>}
      <ol class="timeline">
        {entries.map((entry, i) => (
          <Line
            key={i}
            entry={entry}
            before={entries[i - 1]}
            delayMs={delayOf(timeline, entry)}
            saysMend={mends[i] ?? false}
            onMend={(mend) => onMend(mend, entry)}
          />
        ))}
      </ol>
    </>
  );
}

interface LineProps {
  entry: Entry;
  before: Entry | undefined;
  /** Of a reply: how long its customer waited, ms. */
  delayMs: number | null;
  /** What mends it is said here, and not at a later line. */
  saysMend: boolean;
  onMend: (mend: Mend) => void;
}

function Line({ entry, before, delayMs, saysMend, onMend }: LineProps): JSX.Element {
  const words = useWords();
  const { at, kind, says, mend, said } = entry;
  return (
    <li class={`${kind} ${mend === null ? '' : 'trouble'}`}>
      <time dateTime={new Date(at).toISOString()} title={new Date(at).toLocaleString(words.locale)}>
        {timeOf(words, entry, before)}
      </time>
      <div class="what">
        {kind === 'message' ? (
          <p>
            {entry.type !== 'text' && <em>{words.type[entry.type] ?? entry.type} </em>}
            {entry.text}
          </p>
        ) : (
          <p>
            <Say sentence={said?.says} otherwise={says} onMend={onMend} />
            {delayMs !== null && <small> · {words.afterLast(length(words, delayMs))}</small>}
          </p>
        )}
        {kind !== 'message' && 'text' in entry && entry.text !== '' && <p class="said-text">{entry.text}</p>}
        <Answer text={faultIn(entry)} />
        {mend !== null && saysMend && (
          <p class="mend">
            <Say sentence={said?.mend} otherwise={mend} onMend={onMend} />
          </p>
        )}
      </div>
    </li>
  );
}

function timeOf(words: Texts, entry: Entry, before: Entry | undefined): string {
  if (isPresent(entry)) return words.now;
  const { at } = entry;
  if (before === undefined || at - before.at > NEW_TIME_MS) return clock(words, at);
  const gapMs = at - before.at;
  return gapMs < AT_ONCE_MS ? '' : `+${span(words, gapMs)}`;
}
