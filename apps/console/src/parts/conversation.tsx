import type { JSX } from 'preact';
import { type LiveWindow, parseConversationId } from '@app/contracts';
import { addressOf } from '../live/address';
import type { Orders } from '../live/orders';
import type { Timeline } from '../live/timeline';
import type { Verb } from '../live/verb';
import { clock, useWords } from '../words/words';
import { TimelineList } from './timeline-list';
import { nameOf } from './window-row';

interface ConversationProps {
  id: string;
  /** As it is listed, if it is. */
  window: LiveWindow | undefined;
  timeline: Timeline | string | null;
  orders: Orders;
  verbs: readonly Verb[];
}

/** One conversation: what was written, what became of it, and what can be done. */
export function Conversation({ id, window, timeline, orders, verbs }: ConversationProps): JSX.Element {
  const words = useWords();
  const { customer, companyId } = parseConversationId(id);
  return (
    <section class="conversation" aria-labelledby="conversation">
      <div class="head">
        <a class="back" href={addressOf({ kind: 'home' })}>
          {words.back}
        </a>
        <h2 id="conversation">
          {window === undefined ? customer : nameOf(window)}
          {companyId !== null && <small> {words.company(String(companyId))}</small>}
        </h2>
        <p class="verbs">
          {verbs.map(({ name, key, isGrave, act }) => (
            <button
              type="button"
              key={name}
              class={isGrave ? 'grave' : ''}
              onClick={act}
              {...(key !== undefined && { 'aria-keyshortcuts': key, title: `${words.verbs[name]} (${key})` })}
            >
              {words.verbs[name]}
            </button>
          ))}
        </p>
      </div>
      {(['mute', 'hold', 'block'] as const).map((order) => {
        const until = orders[order];
        return until === undefined ? null : (
          <p class="notice warn" key={order}>
            {words.ordered[order](until === null ? null : clock(words, until))}
          </p>
        );
      })}
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="conversation">
        {timeline === null && <p class="quiet">{words.loading}</p>}
        {typeof timeline === 'string' && <p class="problem">{words.notLoaded(timeline)}</p>}
        {timeline !== null && typeof timeline !== 'string' && <TimelineList timeline={timeline} />}
      </div>
    </section>
  );
}
