import { useEffect, useState } from 'preact/hooks';
import { call } from './http';

/** A conversation of which something is kept, whether it holds a message or not. */
export interface Found {
  conversationId: string;
  /** When something happened in it last, ms since the epoch. */
  lastAt: number;
}

/** What is typed is looked for once its writer pauses for so long, ms. */
const PAUSE_MS = 300;
/** A shorter text is nobody's phone. */
const SHORTEST = 5;

/** The conversations of the customer that a text names, with every company, the latest first; none while it names nobody. */
export function useFound(text: string): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    setFound([]);
    if (text.length < SHORTEST) return;
    let isStale = false;
    const look = (): void => {
      find(text).then(
        (now) => {
          if (!isStale) setFound(now);
        },
        () => undefined,
      );
    };
    const timer = setTimeout(look, PAUSE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text]);
  return found;
}

async function find(text: string): Promise<Found[]> {
  const path = `/admin/conversations/${encodeURIComponent(text)}/timeline`;
  const { status, body } = await call<{ entries: { conversationId: string; at: number; isNow?: true }[] }>(
    'GET',
    path,
  );
  if (status !== 200) return [];
  const last = new Map<string, number>();
  // What is so now did not happen now.
  for (const { conversationId, at, isNow } of body.entries)
    if (isNow !== true) last.set(conversationId, Math.max(at, last.get(conversationId) ?? 0));
  return [...last]
    .map(([conversationId, lastAt]) => ({ conversationId, lastAt }))
    .sort((one, other) => other.lastAt - one.lastAt);
}
