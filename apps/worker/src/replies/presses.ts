import type { MergedMessage } from '@app/contracts';

/** A button that the customer has pressed. */
export interface Press {
  readonly gateway: string;
  /** The gateway's id of the press, which is a message. */
  readonly messageId: string;
}

/** The presses among the messages of a batch. */
export function pressesIn({ messages }: MergedMessage): Press[] {
  return messages.flatMap(({ messageId, metadata, source: { gateway } }) =>
    messageId === null || metadata.buttonId === undefined ? [] : [{ gateway, messageId }],
  );
}
