/** Headers as Node provides them, or as a test writes them; names in any case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The parts of a request that prove its origin. */
export interface AuthenticRequest {
  /** The received bytes, because a body that was parsed and written again is another text; null: not read yet. */
  readonly rawBody: Uint8Array | null;
  readonly headers: RequestHeaders;
  readonly method?: string;
  /** Path and query, as requested. */
  readonly url?: string;
  /** What stands in front of `url` where the internet reaches us; null if `PUBLIC_URL` does not say. */
  readonly publicUrl?: string | null;
}

/** The only value of a header; null if it is missing, empty, or sent more than once. */
export function headerOf(headers: RequestHeaders, name: string): string | null {
  const values = Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
  const [value] = values;
  return values.length === 1 && value !== undefined && value !== '' ? value : null;
}

/** The token after `Bearer`; null if the header is missing or of another scheme. */
export function bearerOf(headers: RequestHeaders): string | null {
  const [, token] = /^Bearer +(\S+)$/i.exec(headerOf(headers, 'authorization') ?? '') ?? [];
  return token ?? null;
}
