import { useEffect, useState } from 'preact/hooks';

/** How often what the stream does not report is read again, ms. */
const EVERY_MS = 2_000;

/**
 * What a call answers, read again whenever one of these changes, and every now and then while the tab is seen; null until it
 * is known.
 */
export function useLoaded<T>(load: (() => Promise<T>) | null, causes: readonly unknown[]): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  const key = causes[0];
  useEffect(() => setLoaded(null), [key]);
  useEffect(() => {
    if (load === null) return;
    let isStale = false;
    const read = (): void => {
      if (document.hidden) return;
      load()
        .then((now) => {
          if (!isStale) setLoaded(now);
        })
        .catch(() => undefined);
    };
    read();
    const timer = setInterval(read, EVERY_MS);
    return () => {
      isStale = true;
      clearInterval(timer);
    };
  }, causes);
  return loaded;
}
