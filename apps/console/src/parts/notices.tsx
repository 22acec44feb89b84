import type { JSX } from 'preact';
import type { LiveState } from '@app/contracts';
import type { Connection } from '../live/connection';
import { useNow } from '../live/now';
import { span, useWords } from '../words/words';
import { Say } from './say';

interface NoticesProps {
  state: LiveState | null;
  connection: Connection;
  /** Since when it is so, ms since the epoch. */
  since: number;
}

/** What needs attention, and what to do about it. */
export function Notices({ state, connection, since }: NoticesProps): JSX.Element {
  const words = useWords();
  // It may have to be scrolled, also by keyboard.
  const isLong = (state?.findings.length ?? 0) > 1;
  return (
    <section class="notices" aria-label={words.findings} {...(isLong && { tabIndex: 0 })}>
      <div class={connection === 'lost' ? 'notice bad' : 'quiet'}>
        <span role="status">
          {connection === 'lost' ? words.lost : ''}
          {connection === 'connecting' && state === null ? words.connecting : ''}
        </span>
        {connection === 'lost' && <Age since={since} />}
      </div>
      {state !== null && state.trouble !== null && (
        <p class="notice bad">
          {words.redisAway}: {state.trouble}
        </p>
      )}
      {state !== null && state.pausedSince !== null && <p class="notice warn">{words.paused}</p>}
      {state?.findings.map(({ message, check, said }) => (
        <p class="notice warn" key={message}>
          <strong>
            <Say sentence={said?.says} otherwise={message} />.
          </strong>{' '}
          <Say sentence={said?.mend} otherwise={check} />
        </p>
      ))}
    </section>
  );
}

/** How old what is shown is; outside of what a screen reader reads out at each change. */
function Age({ since }: { since: number }): JSX.Element {
  const words = useWords();
  return <span> {words.lostAge(span(words, useNow() - since))}</span>;
}
