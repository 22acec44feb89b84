/** The processes that there are. */
export type Role = 'webhook' | 'batcher' | 'worker' | 'assistant';
