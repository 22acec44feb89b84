import type { JSX } from 'preact';
import type { LiveWindow } from '@app/contracts';
import { addressOf } from '../live/address';
import { isAtBot } from '../live/view';
import type { Texts } from '../words/texts';
import { span, useWords } from '../words/words';
import { Ring } from './ring';

interface WindowRowProps {
  window: LiveWindow;
  /** ms since the epoch, by Redis's clock. */
  now: number;
  isChosen: boolean;
}

export function WindowRow({ window, now, isChosen }: WindowRowProps): JSX.Element {
  const words = useWords();
  const { conversationId, since, until, size, waits } = window;
  const left = until === null ? null : (until - now) / Math.max(1, until - (since ?? now));
  return (
    <li>
      <a
        href={addressOf({ kind: 'conversation', id: conversationId })}
        class={isChosen ? 'window chosen' : 'window'}
        {...(isChosen && { 'aria-current': 'true' as const })}
      >
        <Ring left={left} kind={isAtBot(window) ? 'bot' : waits === 'held' ? 'held' : 'counts'} />
        <span class="who">{nameOf(window)}</span>
        <span class="size">{size > 0 ? words.messages(size) : ''}</span>
        <span class="why">
          {words.waits[waits]}
          {window.isDraft && `, ${words.draft}`}
          {isAtBot(window) && window.behind > 0 && ` · ${words.behind(window.behind)}`}
          {window.companyId !== null && ` · ${words.company(String(window.companyId))}`}
        </span>
        <span class="time">{timeOf(words, window, now)}</span>
      </a>
    </li>
  );
}

/** The customer's phone, or their id where it is none. */
export function nameOf({
  phone,
  conversationId,
  companyId,
}: Pick<LiveWindow, 'phone' | 'conversationId' | 'companyId'>): string {
  if (phone !== null && !conversationId.includes('sim:')) return phone;
  return companyId === null ? conversationId : conversationId.slice(String(companyId).length + 1);
}

function timeOf(words: Texts, { since, until }: LiveWindow, now: number): string {
  if (until !== null) return span(words, until - now);
  return since === null ? '' : span(words, now - since);
}
