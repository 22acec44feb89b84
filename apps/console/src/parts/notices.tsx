import type { JSX } from 'preact';
import type { BotOff, LiveState } from '@app/contracts';
import { nameOfCompany } from '../live/bots-off';
import type { Connection } from '../live/connection';
import { useNow } from '../live/now';
import { moment, span, useWords } from '../words/words';
import { Say } from './say';

interface NoticesProps {
  state: LiveState | null;
  connection: Connection;
  /** Since when it is so, ms since the epoch. */
  since: number;
  onBotOn: (company: string) => void;
}

/** So many companies whose bot is off are named, the latest; the rest is counted. */
const NAMED = 3;

/** What needs attention, and what to do about it. */
export function Notices({ state, connection, since, onBotOn }: NoticesProps): JSX.Element {
  const words = useWords();
  const { findings = [], botsOff = [] } = state ?? {};
  // It may have to be scrolled, also by keyboard.
  const isLong = findings.length + botsOff.length > 1;
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
      {latestOf(botsOff).map((botOff) => (
        <BotIsOff key={botOff.company} botOff={botOff} onBotOn={onBotOn} />
      ))}
      {botsOff.length > NAMED && <p class="notice warn">{words.botsOffMore(botsOff.length - NAMED)}</p>}
      {findings.map(({ message, check, said }) => (
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

function latestOf(botsOff: readonly BotOff[]): BotOff[] {
  return botsOff.toSorted((one, other) => other.at - one.at).slice(0, NAMED);
}

function BotIsOff({ botOff, onBotOn }: { botOff: BotOff; onBotOn: (company: string) => void }): JSX.Element {
  const words = useWords();
  const { company, by, at } = botOff;
  // Its minutes go on.
  const now = useNow();
  return (
    <p class="notice warn">
      {words.botOff(nameOfCompany(company), by, moment(words, at, now))}{' '}
      <button type="button" class="mends" onClick={() => onBotOn(company)}>
        {words.verbs.botOn}
      </button>
    </p>
  );
}

/** How old what is shown is; outside of what a screen reader reads out at each change. */
function Age({ since }: { since: number }): JSX.Element {
  const words = useWords();
  return <span> {words.lostAge(span(words, useNow() - since))}</span>;
}
