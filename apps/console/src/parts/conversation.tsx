import type { JSX } from 'preact';
import { type LiveWindow, parseConversationId } from '@app/contracts';
import { addressOf } from '../live/address';
import type { Unread } from '../live/http';
import { useNow } from '../live/now';
import type { Orders } from '../live/orders';
import type { Entry, Timeline } from '../live/timeline';
import { useLatest } from '../live/use-latest';
import type { Verb } from '../live/verb';
import { moment, useWords } from '../words/words';
import { Loaded } from './loaded';
import { Menu } from './menu';
import type { Mend } from './say';
import { TimelineList } from './timeline-list';
import { nameOf, timeOf, whyOf, WindowRing } from './window-row';

interface ConversationProps {
  id: string;
  /** As it is listed, if it is. */
  window: LiveWindow | undefined;
  /** What must be added to this machine's clock for Redis's, ms. */
  clockMs: number;
  timeline: Timeline | Unread | null;
  orders: Orders;
  verbs: readonly Verb[];
  /** The bot is switched off for its company. */
  isBotOff: boolean;
  onMend: (mend: Mend, entry: Entry) => void;
}

/** One conversation: what was written, what became of it, and what can be done. */
export function Conversation({
  id,
  window,
  clockMs,
  timeline,
  orders,
  verbs,
  isBotOff,
  onMend,
}: ConversationProps): JSX.Element {
  const words = useWords();
  const { customer, companyId } = parseConversationId(id);
  const latest = useLatest(id, timeline);
  return (
    <section class="conversation" aria-labelledby="conversation">
      <div class="head">
        <a class="back" href={addressOf({ kind: 'home' })} aria-label={words.back}>
          ←
        </a>
        <div class="title">
          <h2 id="conversation">
            {window === undefined ? customer : nameOf(window)}
            {companyId !== null && <small> {words.company(String(companyId))}</small>}
          </h2>
          {window !== undefined && <Present window={window} clockMs={clockMs} isBotOff={isBotOff} />}
        </div>
        <div class="verbs">
          {verbs
            .filter(({ isRare }) => !isRare)
            .map(({ name, key, isGrave, isIdle, act }) => (
              <button
                type="button"
                key={name}
                class={isGrave ? 'grave' : ''}
                disabled={isIdle}
                onClick={act}
                {...(key !== undefined && {
                  'aria-keyshortcuts': key,
                  title: `${words.verbs[name]} (${key})`,
                })}
              >
                {words.verbs[name]}
              </button>
            ))}
          <Menu verbs={verbs.filter(({ isRare }) => isRare)} />
        </div>
      </div>
      {isBotOff && <p class="notice warn">{words.botOffHere}</p>}
      {(['mute', 'hold', 'block'] as const).map((order) => {
        const until = orders[order];
        return until === undefined ? null : (
          <p class="notice warn" key={order}>
            {words.ordered[order](until === null ? null : moment(words, until, Date.now()))}
          </p>
        );
      })}
      <div ref={latest} class="scroll" tabIndex={0} role="group" aria-labelledby="conversation">
        <Loaded what={timeline}>{(read) => <TimelineList timeline={read} onMend={onMend} />}</Loaded>
      </div>
    </section>
  );
}

/** What the conversation waits for now: on a phone the list is not seen beside it. */
function Present({
  window,
  clockMs,
  isBotOff,
}: Pick<ConversationProps, 'clockMs' | 'isBotOff'> & { window: LiveWindow }): JSX.Element {
  const words = useWords();
  const now = useNow() + clockMs;
  return (
    <p class="present">
      <WindowRing window={window} now={now} />
      {whyOf(words, window, isBotOff)} <span class="time">{timeOf(words, window, now)}</span>
    </p>
  );
}
