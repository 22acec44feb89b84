import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Act } from './live/acts';
import { addressOf } from './live/address';
import { type DeadLetter, readDeadLetters } from './live/dead-letters';
import { readTimeline } from './live/timeline';
import { useActs } from './live/use-acts';
import { useKeys } from './live/use-keys';
import { useLive } from './live/use-live';
import { useLoaded } from './live/use-loaded';
import { usePlace } from './live/use-place';
import { Confirm, type Question } from './parts/confirm';
import { Conversation, type Verb } from './parts/conversation';
import { DeadLetters } from './parts/dead-letters';
import { Help } from './parts/help';
import { KeyDialog } from './parts/key-dialog';
import { Notices, Strip } from './parts/strip';
import { nameOf } from './parts/window-row';
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
  const { run, said, again, forget } = useActs(words);
  const searchField = useRef<HTMLInputElement>(null);

  const { view } = live;
  const chosen = place.kind === 'conversation' ? place.id : null;
  const windows = view?.windows ?? [];
  const listed = windows.filter((window) =>
    `${nameOf(window)} ${window.conversationId}`.includes(search.trim()),
  );
  const window = windows.find(({ conversationId }) => conversationId === chosen);
  const seen = window && `${window.size} ${window.waits} ${window.behind}`;
  const timeline = useLoaded(chosen === null ? null : () => readTimeline(chosen), [chosen, seen]);
  const dead = view && view.state.deadLetters.batcher + view.state.deadLetters.worker;
  const letters = useLoaded(place.kind === 'dead-letters' ? readDeadLetters : null, [place.kind, dead]);

  const go = (to: Parameters<typeof addressOf>[0]): void => {
    location.hash = addressOf(to);
  };
  const ask = (title: string, text: string, act: Act, id: string, isGrave = false): void =>
    setQuestion({ title, text, isGrave, act: () => run(act, id) });

  const flush = (): void => {
    if (chosen !== null) run('flush', chosen);
  };
  const clear = (): void => {
    if (chosen === null) return;
    const size = typeof timeline === 'object' && timeline !== null ? timeline.pending : (window?.size ?? 0);
    ask(words.verbs.clear, words.ask.clear(words.messages(size)), 'clear', chosen, true);
  };
  const verbs: Verb[] = [
    { label: words.verbs.flush, key: 'f', act: flush },
    { label: words.verbs.clear, key: 'c', isGrave: true, act: clear },
  ];
  const step = (by: 1 | -1): void => {
    const at = listed.findIndex(({ conversationId }) => conversationId === chosen);
    const next = listed[at === -1 ? 0 : Math.min(listed.length - 1, Math.max(0, at + by))];
    if (next !== undefined) go({ kind: 'conversation', id: next.conversationId });
  };
  const discard = ({ batchId, messages }: DeadLetter): void =>
    ask(words.verbs.discard, words.ask.discard(words.messages(messages.length)), 'discard', batchId, true);

  useKeys({
    '/': () => searchField.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    f: flush,
    c: clear,
    d: () => go({ kind: 'dead-letters' }),
    '?': () => setHelping(true),
    Escape: () => {
      if (document.activeElement === searchField.current) searchField.current?.blur();
      else go({ kind: 'home' });
    },
  });

  const pause = (): void => {
    if (view?.state.pausedSince != null) run('resume', '');
    else ask(words.pause, words.pauseAsk, 'pause', '');
  };
  const isLocked = live.connection === 'locked';
  return (
    <>
      {view !== null && (
        <Strip
          state={view.state}
          onPause={pause}
          onDeadLetters={() => go({ kind: 'dead-letters' })}
          onLanguage={onLanguage}
          onHelp={() => setHelping(true)}
        />
      )}
      <Notices state={view?.state ?? null} connection={live.connection} ageMs={Date.now() - live.since} />
      <main class={place.kind === 'home' ? 'home' : 'inside'}>
        {view !== null && (
          <Windows
            view={view}
            listed={listed}
            chosen={chosen}
            search={search}
            onSearch={setSearch}
            searchField={searchField}
          />
        )}
        {chosen !== null && <Conversation id={chosen} window={window} timeline={timeline} verbs={verbs} />}
        {place.kind === 'dead-letters' && (
          <DeadLetters
            letters={letters}
            onRedrive={({ batchId }) => run('redrive', batchId)}
            onDiscard={discard}
          />
        )}
        {place.kind === 'home' && view !== null && <p class="empty quiet">{words.chooseOne}</p>}
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
