import { useEffect, useRef } from 'preact/hooks';

/** True for what takes the keys that are pressed as its text or choice. */
export function isField(element: Element): boolean {
  return element.matches('input, textarea, select');
}

/** Acts on a key, unless somebody writes, or a dialog asks. */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      // A menu hears its keys itself.
      if (document.querySelector(':popover-open') !== null) return;
      const isWriting = isField(target) && event.key !== 'Escape';
      if (isWriting || event.ctrlKey || event.metaKey || event.altKey || target.closest('dialog') !== null)
        return;
      const act = latest.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}
