/** The account's own token among `<account>=<token>`, with commas between them; one without an account is everybody's. */
export function tokenOf(account: string | null, tokens: string | null): string | null {
  const listed = tokens?.split(',') ?? [];
  const own = listed.find((each) => each.startsWith(`${account}=`));
  return own?.slice(own.indexOf('=') + 1) ?? listed.find((each) => !each.includes('=')) ?? null;
}
