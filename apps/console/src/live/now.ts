import { useEffect, useState } from 'preact/hooks';

/** Often enough for tenths of a second to be read, and four times a second is no flicker. */
const EVERY_MS = 250;

/** This machine's clock, ms since the epoch, as long as the tab is seen. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
