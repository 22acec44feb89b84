import { useEffect, useRef, useState } from 'preact/hooks';
import { type Connection, LiveConnection } from './connection';
import { changed, type View, viewOf } from './view';

export interface Live {
  view: View | null;
  connection: Connection;
  /** When the connection was lost, or this page was opened, ms since the epoch by this machine's clock. */
  since: number;
  again: () => void;
}

/** What the webhook says, as it says it. */
export function useLive(): Live {
  const [view, setView] = useState<View | null>(null);
  const [{ connection, since }, setConnection] = useState({
    connection: 'connecting' as Connection,
    since: Date.now(),
  });
  const live = useRef<LiveConnection | null>(null);
  useEffect(() => {
    const own = new LiveConnection({
      connection: (now) =>
        setConnection((before) =>
          before.connection === now ? before : { connection: now, since: Date.now() },
        ),
      snapshot: (data) => setView(viewOf(data)),
      change: (data) => setView((before) => before && changed(before, data)),
    });
    live.current = own;
    own.start();
    return () => own.stop();
  }, []);
  return { view, connection, since, again: () => live.current?.again() };
}
