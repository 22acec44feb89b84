import type { JSX } from 'preact';
import type { Entry } from '../live/timeline';
import type { Texts } from '../words/texts';
import { clock, span, useWords } from '../words/words';

/** After such a gap the time of day is said again, ms. */
const NEW_TIME_MS = 120_000;

/** What was written, and what became of it, line by line. */
export function TimelineList({ entries }: { entries: readonly Entry[] }): JSX.Element {
  const words = useWords();
  if (entries.length === 0) return <p class="quiet">{words.nothingKept}</p>;
  return (
    <ol class="timeline">
      {entries.map((entry, i) => (
        <li key={entry.key} class={entry.kind}>
          <time
            dateTime={new Date(entry.at).toISOString()}
            title={new Date(entry.at).toLocaleString(words.locale)}
          >
            {timeOf(words, entry, entries[i - 1])}
          </time>
          <span class="what">{whatOf(words, entry)}</span>
        </li>
      ))}
    </ol>
  );
}

function timeOf(words: Texts, { at }: Entry, before: Entry | undefined): string {
  if (before === undefined || at - before.at > NEW_TIME_MS) return clock(words, at);
  return `+${span(words, at - before.at)}`;
}

function whatOf(words: Texts, entry: Entry): JSX.Element {
  switch (entry.kind) {
    case 'message':
      return (
        <>
          {entry.type !== 'text' && <em>{words.type[entry.type] ?? entry.type} </em>}
          {entry.text}
          {entry.isEdited && ' ✎'}
        </>
      );
    case 'batch':
      return (
        <>
          {words.batch(entry.size)} · {words.reason[entry.reason] ?? entry.reason}{' '}
          <code>{entry.batchId.slice(0, 10)}</code>
        </>
      );
  }
}
