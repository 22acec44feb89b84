/** Why a request is refused; `unread` while only its body can tell. Bounded, so that it can label a metric. */
export type RefusalReason = 'missing' | 'malformed' | 'mismatch' | 'expired' | 'unread';

/** Whether a request comes from its claimed sender; `open` means that no secret is configured. */
export type Verdict =
  | { readonly accepted: true; readonly by: 'signature' | 'token' | 'shared-secret' | 'open' }
  | { readonly accepted: false; readonly reason: RefusalReason };

export function refused(reason: RefusalReason): Verdict {
  return { accepted: false, reason };
}
