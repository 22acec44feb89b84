/** Client for commands, one round trip each. */
export const REDIS = Symbol('REDIS');
/** Client for subscriptions. */
export const SUBSCRIBER = Symbol('SUBSCRIBER');
