import type { JSX } from 'preact';
import { type LiveWindow, parseConversationId } from '@app/contracts';
import { addressOf } from '../live/address';
import { isAtBot } from '../live/view';
import type { Texts } from '../words/texts';
import { length, span, useWords } from '../words/words';
import { Ring } from './ring';

interface WindowRowProps {
  window: LiveWindow;
  /** ms since the epoch, by Redis's clock. */
  now: number;
  isChosen: boolean;
  /** The bot is switched off for its company. */
  isBotOff: boolean;
}

export function WindowRow({ window, now, isChosen, isBotOff }: WindowRowProps): JSX.Element {
  const words = useWords();
  const { conversationId, companyId, size, habit } = window;
  const why = whyOf(words, window, isBotOff);
  return (
    <li>
      <a
        href={addressOf({ kind: 'conversation', id: conversationId })}
        class={isChosen ? 'window chosen' : 'window'}
        {...(isChosen && { 'aria-current': 'true' as const })}
      >
        <WindowRing window={window} now={now} />
        <span class="who">{nameOf(window)}</span>
        <span class="time">
          {size > 0 && (
            <>
              <b>{size}</b>
              <span class="unseen"> {words.messages(size).replace(/^\S+\s/, '')}</span> ·{' '}
            </>
          )}
          {timeOf(words, window, now)}
        </span>
        <span class="why" title={habit === null ? why : words.habit(habit)}>
          {why}
        </span>
        {companyId !== null && (
          <span class="company" title={words.company(String(companyId))}>
            {words.companyInShort(String(companyId))}
          </span>
        )}
      </a>
    </li>
  );
}

export function WindowRing({ window, now }: { window: LiveWindow; now: number }): JSX.Element {
  const { since, until, waits, isMuted } = window;
  const left = until === null ? null : (until - now) / Math.max(1, until - (since ?? now));
  const kind = isAtBot(window) ? 'bot' : waits === 'held' || waits === 'paused' ? 'held' : 'counts';
  return <Ring left={left} kind={kind} isMuted={isMuted} />;
}

/** Why it waits, in words; a reason of a later version is shown as its code. */
export function whyOf(words: Texts, window: LiveWindow, isBotOff: boolean): string {
  const { waits, silenceMs, habit, isDraft, behind, isMuted } = window;
  const isSilence = waits === 'silence' && silenceMs !== null;
  return [
    isSilence
      ? words.silence(length(words, silenceMs), habit)
      : ((words.waits[waits] as string | undefined) ?? waits),
    ...(isDraft ? [words.draft] : []),
    ...(isAtBot(window) && behind > 0 ? [words.behind(behind)] : []),
    ...(isBotOff ? [words.botIsOff] : isMuted ? [words.muted] : []),
  ].join(' · ');
}

/** The customer's phone, or their id where it is none. */
export function nameOf({
  phone,
  conversationId,
  channel,
}: Pick<LiveWindow, 'phone' | 'conversationId' | 'channel'>): string {
  return phone === null || channel === 'simulator' ? parseConversationId(conversationId).customer : phone;
}

/** True if a text is part of its customer's phone, in any spelling, or of its id. */
export function isNamed(window: LiveWindow, text: string): boolean {
  const wanted = text.trim();
  const names = `${nameOf(window)} ${window.conversationId}`;
  return (
    names.includes(wanted) || (/^[+\d\s()-]+$/.test(wanted) && names.includes(wanted.replace(/\D/g, '')))
  );
}

/** How long it still waits at the most, or has been at the bot. */
export function timeOf(words: Texts, { since, until }: LiveWindow, now: number): string {
  if (until !== null) return span(words, until - now);
  return since === null ? '' : span(words, now - since);
}
