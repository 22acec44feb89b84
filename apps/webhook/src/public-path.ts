/** The path below which a proxy serves this process, by `PUBLIC_URL`: `/chat` of `https://salon.example/chat`; empty if there is none. */
export function publicPath(publicUrl: string | null): string {
  return publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
}
