import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Verb } from '../live/verb';
import { useWords } from '../words/words';

/** Between the button and what it opens, px. */
const GAP = 4;

/** What is done rarely, behind a button. The browser closes it on Escape and on a click elsewhere, and gives the focus back. */
export function Menu({ verbs }: { verbs: readonly Verb[] }): JSX.Element {
  const words = useWords();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  // Also where what is above it grows while it is open.
  useLayoutEffect(() => {
    if (!isOpen) return;
    const { bottom, right } = button.current?.getBoundingClientRect() ?? { bottom: 0, right: 0 };
    // It is above everything, so that no row that scrolls cuts it off.
    list.current?.style.setProperty('top', `${bottom + GAP}px`);
    list.current?.style.setProperty('right', `${document.documentElement.clientWidth - right}px`);
  });
  return (
    <>
      <button
        ref={button}
        type="button"
        popovertarget={id}
        aria-expanded={isOpen}
        aria-label={words.moreVerbs}
        title={words.moreVerbs}
      >
        ⋯
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        class="menu"
        onBeforeToggle={(event) => setOpen(event.newState === 'open')}
      >
        {verbs.map(({ name, label, isGrave, act }) => (
          <button
            type="button"
            key={name}
            class={isGrave ? 'grave' : ''}
            onClick={() => {
              list.current?.hidePopover();
              act();
            }}
          >
            {label ?? words.verbs[name]}
          </button>
        ))}
      </div>
    </>
  );
}
