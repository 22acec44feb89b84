import type { JSX } from 'preact';
import { parseConversationId } from '@app/contracts';
import { addressOf } from '../live/address';
import type { Found } from '../live/use-found';
import { moment, useWords } from '../words/words';

interface FoundRowsProps {
  found: readonly Found[];
  chosen: string | null;
}

/** Conversations that were looked for and hold no message now. */
export function FoundRows({ found, chosen }: FoundRowsProps): JSX.Element {
  const words = useWords();
  return (
    <>
      <h3 class="quiet">{words.found}</h3>
      <ul class="rows">
        {found.map(({ conversationId, lastAt }) => (
          <FoundRow
            key={conversationId}
            conversationId={conversationId}
            lastAt={lastAt}
            isChosen={conversationId === chosen}
          />
        ))}
      </ul>
    </>
  );
}

function FoundRow({ conversationId, lastAt, isChosen }: Found & { isChosen: boolean }): JSX.Element {
  const words = useWords();
  const { customer, companyId } = parseConversationId(conversationId);
  return (
    <li>
      <a
        href={addressOf({ kind: 'conversation', id: conversationId })}
        class={isChosen ? 'window found chosen' : 'window found'}
        {...(isChosen && { 'aria-current': 'true' as const })}
      >
        <span class="who">{customer}</span>
        <span class="time">{companyId !== null && words.companyInShort(String(companyId))}</span>
        <span class="why">{moment(words, lastAt, Date.now())}</span>
      </a>
    </li>
  );
}
