import type { ComponentChildren, JSX } from 'preact';
import type { LiveWindow } from '@app/contracts';
import { addressOf } from '../live/address';
import type { Timeline } from '../live/timeline';
import { useWords } from '../words/words';
import { TimelineList } from './timeline-list';
import { nameOf } from './window-row';

interface ConversationProps {
  id: string;
  /** As it is listed, if it is. */
  window: LiveWindow | undefined;
  timeline: Timeline | string | null;
  verbs: readonly Verb[];
  children?: ComponentChildren;
}

/** What can be done to a conversation. */
export interface Verb {
  label: string;
  key?: string;
  isGrave?: boolean;
  act: () => void;
}

/** One conversation: what was written, what became of it, and what can be done. */
export function Conversation({ id, window, timeline, verbs, children }: ConversationProps): JSX.Element {
  const words = useWords();
  const colon = id.lastIndexOf(':');
  const phone = /^\d+$/.test(id.slice(colon + 1)) ? id.slice(colon + 1) : null;
  const company = window?.companyId ?? null;
  return (
    <section class="conversation" aria-labelledby="conversation">
      <div class="head">
        <a class="back" href={addressOf({ kind: 'home' })}>
          {words.back}
        </a>
        <h2 id="conversation">
          {window === undefined ? (phone ?? id) : nameOf(window)}
          {company !== null && <small> {words.company(String(company))}</small>}
        </h2>
        <p class="verbs">
          {verbs.map(({ label, key, isGrave, act }) => (
            <button
              type="button"
              key={label}
              class={isGrave ? 'quiet grave' : 'quiet'}
              onClick={act}
              {...(key !== undefined && { 'aria-keyshortcuts': key, title: `${label} (${key})` })}
            >
              {label}
            </button>
          ))}
        </p>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="conversation">
        {timeline === null && <p class="quiet">{words.loading}</p>}
        {typeof timeline === 'string' && <p class="problem">{words.notLoaded(timeline)}</p>}
        {timeline !== null && typeof timeline !== 'string' && <TimelineList entries={timeline.entries} />}
      </div>
      {children}
    </section>
  );
}
