import { call } from './http';

/** Of the batcher: a batch that could not be handed off; of the worker: one that could not be delivered. */
export interface DeadLetter {
  batchId: string;
  conversationId: string;
  stage: 'batcher' | 'worker';
  error: string;
  buriedAt: number;
  messages: readonly { text: string }[];
}

/** The newest; a text says why they cannot be read. */
export async function readDeadLetters(): Promise<DeadLetter[] | string> {
  const { status, body } = await call<{ items: DeadLetter[] }>('GET', '/admin/dead-letters?limit=50');
  return status === 200 ? body.items : (body.detail ?? String(status));
}
