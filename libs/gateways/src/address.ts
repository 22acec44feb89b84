/**
 * The address of a call below an API's own, with each segment encoded; null if a segment cannot be part of a path:
 * empty, half a surrogate pair, or dots, which would leave the path however they are encoded.
 */
export function addressBelow(
  api: string,
  segments: readonly string[],
  query: Readonly<Record<string, string>> = {},
): URL | null {
  const encoded = segments.map(encode);
  if (encoded.some((segment) => segment === null)) return null;
  const address = new URL(api);
  if (encoded.length > 0) address.pathname = [address.pathname.replace(/\/$/, ''), ...encoded].join('/');
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address;
}

function encode(segment: string): string | null {
  if (segment === '' || segment === '.' || segment === '..') return null;
  try {
    // A colon may stand in a path as it is, and Telegram's tokens hold one.
    return encodeURIComponent(segment).replaceAll('%3A', ':');
  } catch {
    return null;
  }
}
