import { call, type Unread, whyNot } from './http';

/** Of the batcher: a batch that could not be handed off; of the worker: one that could not be delivered. */
export interface DeadLetter {
  batchId: string;
  conversationId: string;
  stage: 'batcher' | 'worker';
  error: string;
  buriedAt: number;
  messages: readonly { text: string }[];
  /** What the bot or the gateway answered. */
  lastAnswer?: { body: string };
}

/** The newest. */
export async function readDeadLetters(): Promise<readonly DeadLetter[] | Unread> {
  const answer = await call<{ items: DeadLetter[] }>('GET', '/admin/dead-letters?limit=50');
  return answer.status === 200 ? answer.body.items : whyNot(answer);
}
