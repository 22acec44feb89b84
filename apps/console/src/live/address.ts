/** What the right side shows; it stands in the page's address, so that it can be passed on. */
export type Place =
  { kind: 'home' } | { kind: 'conversation'; id: string } | { kind: 'dead-letters' } | { kind: 'report' };

export function addressOf(place: Place): string {
  switch (place.kind) {
    case 'home':
      return '#';
    case 'conversation':
      return `#c/${encodeURIComponent(place.id)}`;
    case 'dead-letters':
    case 'report':
      return `#${place.kind}`;
  }
}

export function placeIn(hash: string): Place {
  const [, id] = /^#c\/(.+)$/.exec(hash) ?? [];
  if (id !== undefined) return conversationAt(id);
  if (hash === '#dead-letters' || hash === '#report') return { kind: hash.slice(1) as 'report' };
  return { kind: 'home' };
}

/** People cut addresses off in the middle of a character. */
function conversationAt(id: string): Place {
  try {
    return { kind: 'conversation', id: decodeURIComponent(id) };
  } catch {
    return { kind: 'home' };
  }
}
