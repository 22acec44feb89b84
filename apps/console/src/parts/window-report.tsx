import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addressOf } from '../live/address';
import type { Unread } from '../live/http';
import { type Report, type Row, rowsAt, windowsIn } from '../live/report';
import { length, span, useWords } from '../words/words';
import { Loaded } from './loaded';

/** How long a bot should wait, as the history shows it. */
export function WindowReport({ report }: { report: Report | Unread | null }): JSX.Element {
  const words = useWords();
  return (
    <section class="conversation" aria-labelledby="report">
      <div class="head">
        <a class="back" href={addressOf({ kind: 'home' })} aria-label={words.back}>
          ←
        </a>
        <h2 id="report">{words.reportTitle}</h2>
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="report">
        <Loaded what={report}>{(read) => <Findings report={read} />}</Loaded>
      </div>
    </section>
  );
}

function Findings({ report }: { report: Report }): JSX.Element {
  const words = useWords();
  const windows = windowsIn(report);
  const present = report.settings.find(({ isPresent }) => isPresent);
  const [place, setPlace] = useState(() => Math.max(0, windows.indexOf(present?.windowMs ?? 0)));
  const { data, shortage, advice } = report;
  const windowMs = windows[place];
  if (windowMs === undefined) return <p class="quiet">{words.reportEmpty}</p>;
  return (
    <>
      <p class="quiet">{words.reportData(data.bursts, data.customers)}</p>
      <Histogram gaps={report.gaps} windowMs={windowMs} />
      <label class="slider">
        {words.reportWindow(length(words, windowMs))}
        <input
          type="range"
          min={0}
          max={windows.length - 1}
          value={place}
          aria-valuetext={length(words, windowMs)}
          onInput={(event) => setPlace(Number(event.currentTarget.value))}
        />
      </label>
      <Comparison rows={rowsAt(report, windowMs)} />
      {shortage !== null && <p class="quiet">{words.reportShort(shortage.days)}</p>}
      {advice !== null && (
        <p>
          {words.reportAdvice} <code>{variablesOf(advice.recommended)}</code>
        </p>
      )}
    </>
  );
}

function Comparison({ rows }: { rows: readonly Row[] }): JSX.Element {
  const words = useWords();
  const percent = new Intl.NumberFormat(words.locale, { style: 'percent', maximumFractionDigits: 1 });
  const decimal = new Intl.NumberFormat(words.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return (
    <div class="wide" tabIndex={0} role="group" aria-label={words.reportTitle}>
      <table class="report">
        <thead>
          <tr>
            <th scope="col">{words.reportSetting}</th>
            <th scope="col">{words.reportTwice}</th>
            <th scope="col">{words.reportWait}</th>
            <th scope="col">{words.reportCalls}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind} class={row.isPresent ? 'present-setting' : ''}>
              <th scope="row">
                {words.reportKind[row.kind]} {row.isPresent && <small>{words.reportPresent}</small>}
                <code>{variablesOf(row)}</code>
              </th>
              <td>
                {percent.format(row.twice)} <small>± {percent.format(row.margin)}</small>
              </td>
              <td>{span(words, row.meanMs)}</td>
              <td>{decimal.format(row.calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const HEIGHT = 80;
const WIDTH = 10;

/** How long customers pause between two messages; those behind the window are answered twice. */
function Histogram({ gaps, windowMs }: { gaps: readonly number[]; windowMs: number }): JSX.Element {
  const words = useWords();
  const most = Math.max(1, ...gaps);
  const all = gaps.reduce((sum, count) => sum + count, 0);
  const within = gaps.slice(0, windowMs / 1000).reduce((sum, count) => sum + count, 0);
  const edge = (windowMs / 1000) * WIDTH;
  return (
    <figure class="gaps">
      <svg
        viewBox={`0 0 ${gaps.length * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.reportGaps(all, within)}
      >
        {gaps.map((count, second) => {
          const height = (count / most) * (HEIGHT - 2);
          const isWithin = (second + 1) * 1000 <= windowMs;
          return (
            <rect
              key={second}
              class={isWithin ? 'within' : 'beyond'}
              x={second * WIDTH + 1}
              y={HEIGHT - height}
              width={WIDTH - 2}
              height={height}
            />
          );
        })}
        <path class="edge" d={`M${edge} 0V${HEIGHT}`} />
      </svg>
      <p class="axis quiet" aria-hidden="true">
        {[0, 1, 2, 3].map((third) => (
          <span key={third}>{length(words, (third * gaps.length * 1000) / 3)}</span>
        ))}
      </p>
      <figcaption class="quiet">{words.reportGaps(all, within)}</figcaption>
    </figure>
  );
}

function variablesOf({ variables }: Row): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
