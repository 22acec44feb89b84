import { useEffect, useState } from 'preact/hooks';

/** Often enough for tenths of a second to be read, and four times a second is no flicker. */
const EVERY_MS = 250;

/** Whoever shows the time: one clock for all, so that no two places show different ones. */
const watchers = new Set<(now: number) => void>();

setInterval(() => {
  if (document.hidden) return;
  const now = Date.now();
  for (const tell of watchers) tell(now);
}, EVERY_MS);

/** This machine's clock, ms since the epoch, as long as the tab is seen. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    watchers.add(setNow);
    return () => {
      watchers.delete(setNow);
    };
  }, []);
  return now;
}
