import type { JSX } from 'preact';
import { parseConversationId } from '@app/contracts';
import { addressOf } from '../live/address';
import type { DeadLetter } from '../live/dead-letters';
import type { Unread } from '../live/http';
import { moment, useWords } from '../words/words';
import { Answer } from './answer';
import { Loaded } from './loaded';

interface DeadLettersProps {
  letters: readonly DeadLetter[] | Unread | null;
  /** How many there are, of which the newest are read. */
  all: number;
  onRedrive: (letter: DeadLetter) => void;
  onDiscard: (letter: DeadLetter) => void;
  onRedriveAll: () => void;
}

/** What could not be handed off or delivered, why, and what to do about it. */
export function DeadLetters({
  letters,
  all,
  onRedrive,
  onDiscard,
  onRedriveAll,
}: DeadLettersProps): JSX.Element {
  const words = useWords();
  return (
    <section class="conversation" aria-labelledby="dead-letters">
      <div class="head">
        <a class="back" href={addressOf({ kind: 'home' })} aria-label={words.back}>
          ←
        </a>
        <h2 id="dead-letters">{words.deadTitle}</h2>
        {all > 1 && (
          <p class="verbs">
            <button type="button" onClick={onRedriveAll}>
              {words.verbs.redriveAll}
            </button>
          </p>
        )}
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="dead-letters">
        <Loaded what={letters}>
          {(read) =>
            read.length === 0 ? (
              <p class="quiet">{words.deadNone}</p>
            ) : (
              <>
                <p class="quiet">{words.deadWhat}</p>
                <ul class="letters">
                  {read.map((letter) => (
                    <Letter
                      key={letter.batchId}
                      letter={letter}
                      onRedrive={onRedrive}
                      onDiscard={onDiscard}
                    />
                  ))}
                </ul>
                {all > read.length && <p class="quiet">{words.deadMore(all - read.length)}</p>}
              </>
            )
          }
        </Loaded>
      </div>
    </section>
  );
}

interface LetterProps extends Pick<DeadLettersProps, 'onRedrive' | 'onDiscard'> {
  letter: DeadLetter;
}

function Letter({ letter, onRedrive, onDiscard }: LetterProps): JSX.Element {
  const words = useWords();
  const { conversationId, messages, error, stage, buriedAt, lastAnswer } = letter;
  const { customer, companyId } = parseConversationId(conversationId);
  return (
    <li>
      <p class="about">
        <a href={addressOf({ kind: 'conversation', id: conversationId })}>{customer}</a>
        {companyId !== null && <span>{words.company(String(companyId))}</span>}
        <time dateTime={new Date(buriedAt).toISOString()}>{moment(words, buriedAt, Date.now())}</time>
        <span>{stage === 'batcher' ? words.deadBatcher : words.deadWorker}</span>
      </p>
      <p class="problem">{error}</p>
      <Answer text={lastAnswer?.body ?? null} />
      <p>{messages.map(({ text }) => text).join(' ')}</p>
      <p class="verbs">
        <button type="button" onClick={() => onRedrive(letter)}>
          {words.verbs.redrive}
        </button>
        <button type="button" class="grave" onClick={() => onDiscard(letter)}>
          {words.verbs.discard}
        </button>
      </p>
    </li>
  );
}
