import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** So near to its end a reader looks at the latest, px. */
const NEAR = 40;

/**
 * Keeps the latest in view: at first, and as more comes, unless its reader has scrolled back.
 *
 * @param what what is shown.
 * @param grows changes whenever it becomes longer.
 */
export function useLatest(what: string, grows: unknown): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    isAtEnd.current = true;
    const { current } = box;
    const look = (): void => {
      if (current !== null)
        isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR;
    };
    current?.addEventListener('scroll', look, { passive: true });
    return () => current?.removeEventListener('scroll', look);
  }, [what]);
  useLayoutEffect(() => {
    if (isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [what, grows]);
  return box;
}
