import { useEffect, useRef, useState } from 'preact/hooks';
import { isUnread, type Unread } from './http';

/** From an answer to the next reading, ms: often enough for what the stream does not report. */
const EVERY_MS = 2_000;

type Loaded<T> = T | Unread | null;

/**
 * What a call answers, read again whenever one of these changes, and every now and then while the tab is seen; null until it
 * is known. What was read stays where it cannot be read again. One call at a time: on a slow way they would pile up, and
 * hold back everything else.
 *
 * @param what is read; another is never shown in its place.
 * @param load null: nothing.
 */
export function useLoaded<T extends object>(
  what: unknown,
  load: (() => Promise<T | Unread>) | null,
  causes: readonly unknown[] = [],
): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>(null);
  const latest = useRef(load);
  latest.current = load;
  const reader = useRef<Reader | null>(null);
  useEffect(() => {
    setLoaded(null);
    const own = new Reader(async () => {
      const now = await latest.current?.();
      if (now !== undefined && reader.current === own) setLoaded((before) => shownOf(before, now));
    });
    reader.current = own;
    return () => own.stop();
  }, [what]);
  useEffect(() => reader.current?.read(), [what, ...causes]);
  return loaded;
}

function shownOf<T extends object>(before: Loaded<T>, now: T | Unread): Loaded<T> {
  return isUnread(now) && before !== null && !isUnread(before) ? before : now;
}

/** Reads when it is told to and every now and then, never twice at once. */
class Reader {
  private isReading = false;
  private isDue = false;
  private isStopped = false;
  private timer = 0;

  constructor(private readonly act: () => Promise<void>) {}

  read(): void {
    clearTimeout(this.timer);
    this.isDue = this.isReading;
    if (this.isReading || this.isStopped) return;
    this.isReading = true;
    // Nobody looks at a hidden tab.
    const done = document.hidden ? Promise.resolve() : this.act();
    done
      .catch(() => undefined)
      .finally(() => {
        this.isReading = false;
        if (this.isDue) this.read();
        else if (!this.isStopped) this.timer = window.setTimeout(() => this.read(), EVERY_MS);
      })
      .catch(() => undefined);
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }
}
