import type { JSX } from 'preact';
import type { LiveState } from '@app/contracts';
import type { Connection } from '../live/connection';
import { span, useWords } from '../words/words';

interface StripProps {
  state: LiveState;
  onPause: () => void;
  onDeadLetters: () => void;
  onReport: () => void;
  onLanguage: () => void;
  onHelp: () => void;
}

/** The state of everything in a line. */
export function Strip({
  state,
  onPause,
  onDeadLetters,
  onReport,
  onLanguage,
  onHelp,
}: StripProps): JSX.Element {
  const words = useWords();
  const { processes, deadLetters, botMs } = state;
  const roles = Object.entries(processes);
  const dead = deadLetters.batcher + deadLetters.worker;
  const isBotAway = state.findings.some(({ code }) => code === 'bot-away');
  return (
    <header class="strip">
      <h1>Rapid-Fire</h1>
      <ul class="facts">
        <li>{state.environment}</li>
        <li title={roles.map(([role, howMany]) => words.role(role, howMany)).join(' · ')}>
          {words.processes(roles.reduce((sum, [, howMany]) => sum + howMany, 0))}
        </li>
        <li class={state.trouble === null ? 'good' : 'bad'}>
          {state.trouble === null ? 'Redis ✓' : words.redisAway}
        </li>
        {isBotAway ? (
          <li class="bad">{words.botAway}</li>
        ) : (
          botMs !== null && <li>{words.botTakes(span(words, botMs))}</li>
        )}
      </ul>
      <ul class="facts counts">
        <li>{words.open(state.open)}</li>
        <li>{words.messages(state.messages)}</li>
        <li>{words.turns(state.turns)}</li>
        <li>
          <button type="button" class={dead > 0 ? 'link bad' : 'link'} onClick={onDeadLetters}>
            {words.deadLetters(dead)}
          </button>
        </li>
      </ul>
      <p class="tools">
        <button type="button" onClick={onPause}>
          {state.pausedSince === null ? words.pause : words.resume}
        </button>
        <button type="button" onClick={onReport} title={words.reportTitle}>
          {words.report}
        </button>
        <button type="button" onClick={onLanguage} title={words.language}>
          {words.languageCode}
        </button>
        <button type="button" onClick={onHelp} aria-label={words.help} title={words.help}>
          ?
        </button>
      </p>
    </header>
  );
}

interface NoticesProps {
  state: LiveState | null;
  connection: Connection;
  /** How old what is shown is, ms; only where there is no connection. */
  ageMs: number;
}

/** What needs attention, and what to do about it. */
export function Notices({ state, connection, ageMs }: NoticesProps): JSX.Element {
  const words = useWords();
  return (
    <section class="notices" aria-label={words.findings}>
      <p role="status" class={connection === 'lost' ? 'notice bad' : 'quiet'}>
        {connection === 'lost' ? words.lost(span(words, ageMs)) : ''}
        {connection === 'connecting' && state === null ? words.connecting : ''}
      </p>
      {state !== null && state.trouble !== null && (
        <p class="notice bad">
          {words.redisAway}: {state.trouble}
        </p>
      )}
      {state !== null && state.pausedSince !== null && <p class="notice warn">{words.paused}</p>}
      {state?.findings.map(({ code, message, check }) => (
        <p class="notice warn" key={message}>
          <strong>{words.finding[code] ?? message}</strong> {check}
        </p>
      ))}
    </section>
  );
}
