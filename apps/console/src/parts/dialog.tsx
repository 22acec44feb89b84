import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  title: string;
  /** Left out of one that stays: nothing can be done before it is answered. */
  onClose?: () => void;
  children: ComponentChildren;
}

let dialogs = 0;

/** A modal dialog of the browser's own: it keeps the focus, and Escape closes it. */
export function Dialog({ title, onClose, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useRef(`dialog-${String((dialogs += 1))}`).current;
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose ?? (() => dialog.current?.showModal())}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
