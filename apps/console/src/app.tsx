import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Act } from './live/acts';
import { addressOf } from './live/address';
import { botOffFor, companyOf, nameOfCompany } from './live/bots-off';
import { type DeadLetter, readDeadLetters } from './live/dead-letters';
import { readIn } from './live/http';
import { readOrders } from './live/orders';
import { readReport } from './live/report';
import { playedIn } from './live/simulator';
import { type Entry, pendingIn, readTimeline } from './live/timeline';
import { useActs } from './live/use-acts';
import { useFound } from './live/use-found';
import { isField, useKeys } from './live/use-keys';
import { useLive } from './live/use-live';
import { useLoaded } from './live/use-loaded';
import { usePlace } from './live/use-place';
import { useSimulator } from './live/use-simulator';
import { verbsFor } from './live/verbs';
import { Confirm, type Question } from './parts/confirm';
import { Conversation } from './parts/conversation';
import { DeadLetters } from './parts/dead-letters';
import { FirstSteps } from './parts/first-steps';
import { Help } from './parts/help';
import { KeyDialog } from './parts/key-dialog';
import { Notices } from './parts/notices';
import type { Mend } from './parts/say';
import { Simulator } from './parts/simulator';
import { Strip } from './parts/strip';
import { WindowReport } from './parts/window-report';
import { isNamed } from './parts/window-row';
import { Windows } from './parts/windows';
import { useWords } from './words/words';

/** The whole page. */
export function App({ onLanguage }: { onLanguage: () => void }): JSX.Element {
  const words = useWords();
  const live = useLive();
  const place = usePlace();
  const [search, setSearch] = useState('');
  const [question, setQuestion] = useState<Question | null>(null);
  const [isHelping, setHelping] = useState(false);
  const { run, said, again, refused, forget } = useActs(words);
  const searchField = useRef<HTMLInputElement>(null);
  const simulatorField = useRef<HTMLInputElement>(null);

  const { view } = live;
  const chosen = place.kind === 'conversation' ? place.id : null;
  const windows = view?.windows ?? [];
  const listed = windows.filter((each) => isNamed(each, search));
  const foundAll = useFound(search.trim());
  const found = foundAll.filter((each) => listed.every((w) => w.conversationId !== each.conversationId));
  const window = windows.find(({ conversationId }) => conversationId === chosen);
  const seen = window && `${window.size} ${window.waits} ${window.behind}`;
  const timeline = useLoaded(chosen, chosen === null ? null : () => readTimeline(chosen), [seen, said]);
  const ordered = useLoaded(chosen, chosen === null ? null : () => readOrders(chosen), [seen, said]);
  const orders = readIn(ordered) ?? {};
  const simulation = useSimulator(words, chosen, refused);
  const dead = view && view.state.deadLetters.batcher + view.state.deadLetters.worker;
  const report = useLoaded(place.kind, place.kind === 'report' ? readReport : null);
  const letters = useLoaded(place.kind, place.kind === 'dead-letters' ? readDeadLetters : null, [dead]);

  const [isEntered, setEntered] = useState(false);
  const first = listed[0] ?? found[0];
  useEffect(() => {
    // Whoever pastes a phone and presses Enter does not wait until it is found.
    if (!isEntered || search === '' || first === undefined) return;
    setEntered(false);
    go({ kind: 'conversation', id: first.conversationId });
  }, [isEntered, search, first?.conversationId]);

  const go = (to: Parameters<typeof addressOf>[0]): void => {
    location.hash = addressOf(to);
  };
  const ask = (act: Act, id: string, text: string, isGrave = false): void =>
    setQuestion({
      title: act === 'pause' ? words.pause : words.verbs[act],
      text,
      isGrave,
      act: () => run(act, id),
    });
  const askBotOn = (company: string): void => ask('botOn', company, words.ask.botOn(nameOfCompany(company)));

  const isBotOff = view !== null && chosen !== null && botOffFor(view.state, chosen) !== undefined;
  const read = readIn(timeline);
  const pending = read === null ? (window?.size ?? 0) : pendingIn(read);
  const verbs =
    chosen === null ? [] : verbsFor(words, { id: chosen, window, orders, pending, isBotOff }, run, ask);
  const step = (by: 1 | -1): void => {
    const at = listed.findIndex(({ conversationId }) => conversationId === chosen);
    const next = listed[at === -1 ? 0 : Math.min(listed.length - 1, Math.max(0, at + by))];
    if (next !== undefined) go({ kind: 'conversation', id: next.conversationId });
  };
  const discard = ({ batchId, messages }: DeadLetter): void =>
    ask('discard', batchId, words.ask.discard(words.messages(messages.length)), true);
  const mend = (what: Mend, { conversationId, ...entry }: Entry): void => {
    const batchId = 'batchId' in entry ? (entry.batchId ?? '') : '';
    if (what === 'botOn') askBotOn(companyOf(conversationId));
    else run(what, what === 'redrive' || what === 'replay' ? batchId : conversationId);
  };
  const keysOfVerbs = verbs.flatMap(({ key, isIdle, act }) =>
    key === undefined || isIdle === true ? [] : [[key, act] as const],
  );

  useKeys({
    '/': () => searchField.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    ...Object.fromEntries(keysOfVerbs),
    d: () => go({ kind: 'dead-letters' }),
    s: () => {
      simulation.open();
      requestAnimationFrame(() => simulatorField.current?.focus());
    },
    w: () => go({ kind: 'report' }),
    '?': () => setHelping(true),
    Escape: () => {
      const at = document.activeElement;
      if (at instanceof HTMLElement && isField(at)) at.blur();
      else go({ kind: 'home' });
    },
  });

  const isSeen = view !== null;
  useEffect(() => {
    // Only as the page opens: later it would take the keys from what somebody is doing.
    const isEmpty = place.kind === 'home' && view?.state.open === 0;
    // On a phone this would open its keyboard over the page.
    if (isEmpty && !matchMedia('(max-width: 760px)').matches) simulatorField.current?.focus();
  }, [isSeen]);

  const pause = (): void => {
    if (view?.state.pausedSince != null) run('resume', '');
    else ask('pause', '', words.pauseAsk);
  };
  const showsSimulator = place.kind === 'home' || (chosen !== null && playedIn(chosen) !== null);
  const mainClass = [
    place.kind === 'home' ? 'home' : 'inside',
    ...(windows.length > 0 ? ['busy'] : []),
    ...(live.connection === 'lost' ? ['stale'] : []),
  ].join(' ');
  const isLocked = live.connection === 'locked';
  return (
    <>
      {view !== null && (
        <Strip
          state={view.state}
          place={place.kind}
          onPause={pause}
          onLanguage={onLanguage}
          onHelp={() => setHelping(true)}
        />
      )}
      <Notices
        state={view?.state ?? null}
        connection={live.connection}
        since={live.since}
        onBotOn={askBotOn}
      />
      <main class={mainClass}>
        {view !== null && (
          <Windows
            view={view}
            stoppedAt={live.connection === 'lost' ? live.since : null}
            listed={listed}
            chosen={chosen}
            search={search}
            onSearch={(text) => {
              setSearch(text);
              setEntered(false);
            }}
            searchField={searchField}
            found={found}
            onEnter={() => setEntered(true)}
          />
        )}
        <div class="right">
          {chosen !== null && (
            <Conversation
              id={chosen}
              window={window}
              clockMs={view?.clockMs ?? 0}
              timeline={timeline}
              orders={orders}
              verbs={verbs}
              isBotOff={isBotOff}
              onMend={mend}
            />
          )}
          {place.kind === 'dead-letters' && (
            <DeadLetters
              letters={letters}
              all={dead ?? 0}
              onRedrive={({ batchId }) => run('redrive', batchId)}
              onDiscard={discard}
              onRedriveAll={() => ask('redriveAll', '', words.ask.redriveAll(words.deadLetters(dead ?? 0)))}
            />
          )}
          {place.kind === 'report' && <WindowReport report={report} />}
          {place.kind === 'home' && view !== null && <FirstSteps state={view.state} />}
          {view !== null && showsSimulator && (
            <Simulator
              key={simulation.played.phone}
              played={simulation.played}
              said={simulation.said}
              field={simulatorField}
              onDo={simulation.act}
              onCompany={simulation.choose}
              onNew={simulation.renew}
            />
          )}
        </div>
      </main>
      <p role="status" class={said?.isBad ? 'said bad' : 'said'}>
        {said?.text}
      </p>
      {question !== null && <Confirm question={question} onClose={() => setQuestion(null)} />}
      {isHelping && <Help onClose={() => setHelping(false)} />}
      {(isLocked || again !== null) && (
        <KeyDialog
          isLocked={isLocked}
          onOpen={() => {
            forget();
            if (isLocked) live.again();
            else again?.();
          }}
          onClose={forget}
        />
      )}
    </>
  );
}
