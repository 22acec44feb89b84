import type { JSX } from 'preact';
import type { LiveState } from '@app/contracts';
import { length, useWords } from '../words/words';

/** Where nothing is chosen: how to see a first message go its way. */
export function FirstSteps({ state }: { state: LiveState }): JSX.Element {
  const words = useWords();
  const { bot, quietMs, environment, hasDrafts = false } = state;
  return (
    <section class="empty" tabIndex={0} role="group" aria-labelledby="first-steps">
      <h2 id="first-steps">{words.firstSteps}</h2>
      <ol>
        {words.steps(length(words, quietMs)).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p class="quiet">{bot === 'none' ? words.botNoneWhat : words.botThere}</p>
      {environment !== 'production' &&
        words.further(hasDrafts).map(({ what, command }) => (
          <p key={what} class="quiet">
            {what} {command !== undefined && <code>{command}</code>}
          </p>
        ))}
    </section>
  );
}
