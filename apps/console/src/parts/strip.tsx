import type { JSX } from 'preact';
import type { LiveState } from '@app/contracts';
import { addressOf, type Place } from '../live/address';
import { switchTheme } from '../live/theme';
import { span, useWords } from '../words/words';

interface StripProps {
  state: LiveState;
  place: Place['kind'];
  onPause: () => void;
  onLanguage: () => void;
  onHelp: () => void;
}

/** The state of everything in a line. */
export function Strip({ state, place, onPause, onLanguage, onHelp }: StripProps): JSX.Element {
  const words = useWords();
  const { processes, deadLetters } = state;
  const roles = Object.entries(processes);
  const dead = deadLetters.batcher + deadLetters.worker;
  return (
    <header class="strip">
      <h1>
        <a href={addressOf({ kind: 'home' })}>Rapid-Fire</a>
      </h1>
      <ul class="facts">
        <li>{state.environment}</li>
        <li title={roles.map(([role, howMany]) => words.role(role, howMany)).join(' · ')}>
          {words.processes(roles.reduce((sum, [, howMany]) => sum + howMany, 0))}
        </li>
        <li class={state.trouble === null ? '' : 'bad'}>
          {state.trouble === null ? 'Redis ✓' : words.redisAway}
        </li>
        <BotFact state={state} />
      </ul>
      <ul class="facts counts">
        <li>{words.open(state.open)}</li>
        <li class="of-messages">{words.messages(state.messages)}</li>
        <li>{words.turns(state.turns)}</li>
        <li>
          <a
            href={addressOf({ kind: 'dead-letters' })}
            class={dead > 0 ? 'bad' : ''}
            {...(place === 'dead-letters' && { 'aria-current': 'page' as const })}
          >
            {words.deadLetters(dead)}
          </a>
        </li>
      </ul>
      <p class="tools">
        <a
          class="button"
          href={addressOf({ kind: 'report' })}
          {...(place === 'report' && { 'aria-current': 'page' as const })}
        >
          {words.report}
        </a>
        <button type="button" class={state.pausedSince === null ? '' : 'main'} onClick={onPause}>
          {state.pausedSince === null ? words.pause : words.resume}
        </button>
        <button type="button" onClick={switchTheme} aria-label={words.theme} title={words.theme}>
          ◐
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

function BotFact({ state }: { state: LiveState }): JSX.Element | null {
  const words = useWords();
  const { findings, bot, botMs } = state;
  if (findings.some(({ code }) => code === 'bot-away')) return <li class="bad">{words.botAway}</li>;
  if (bot === 'none') return <li title={words.botNoneWhat}>{words.botNone}</li>;
  if (bot === null) return null;
  return (
    <li>
      {words.botIsThere} {botMs !== null && span(words, botMs)}
    </li>
  );
}
