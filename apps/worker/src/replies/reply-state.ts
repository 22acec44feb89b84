/**
 * The state of a reply. `sent`: its gateway has it. `unknown`: it was given to its gateway, which did not say; it is
 * not sent again, because twice is worse. `logged`: no sender is configured for its gateway.
 */
export type ReplyState = 'sent' | 'unknown' | 'logged';
