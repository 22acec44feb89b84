import type { JSX } from 'preact';
import type { Entry, Timeline } from '../live/timeline';
import type { Texts } from '../words/texts';
import { clock, span, useWords } from '../words/words';

/** After such a gap the time of day is said again, ms. */
const NEW_TIME_MS = 120_000;

/** What was written, and what became of it, line by line. */
export function TimelineList({ timeline }: { timeline: Timeline }): JSX.Element {
  const words = useWords();
  const { entries, isCut } = timeline;
  if (entries.length === 0) return <p class="quiet">{words.nothingKept}</p>;
  return (
    <>
      {isCut && <p class="quiet">{words.isCut}</p>}
      <ol class="timeline">
        {entries.map((entry, i) => (
          <Line key={i} entry={entry} before={entries[i - 1]} />
        ))}
      </ol>
    </>
  );
}

function Line({ entry, before }: { entry: Entry; before: Entry | undefined }): JSX.Element {
  const words = useWords();
  const { at, kind, text, mend, type } = entry;
  return (
    <li class={mend === null ? kind : `${kind} trouble`}>
      <time dateTime={new Date(at).toISOString()} title={new Date(at).toLocaleString(words.locale)}>
        {timeOf(words, entry, before)}
      </time>
      <div class="what">
        {kind === 'message' ? (
          <p>
            {type !== undefined && type !== 'text' && <em>{words.type[type] ?? type} </em>}
            {text}
          </p>
        ) : (
          <p>{words.entry(entry)}</p>
        )}
        {kind !== 'message' && text !== undefined && text !== '' && <p class="said-text">{text}</p>}
        {mend !== null && <p class="mend">{mend}</p>}
      </div>
    </li>
  );
}

function timeOf(words: Texts, { at }: Entry, before: Entry | undefined): string {
  if (before === undefined || at - before.at > NEW_TIME_MS) return clock(words, at);
  return `+${span(words, at - before.at)}`;
}
