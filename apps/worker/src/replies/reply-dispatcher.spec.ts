import type { ReplyPermits, Turn } from '@app/batching';
import type { MergedMessage } from '@app/contracts';
import type { OutgoingMessage } from '@app/replies';
import { DeliveryProgress, type DeliveryRecord } from '../delivery/delivery-progress';
import { ReplyDispatcher } from './reply-dispatcher';
import type { ReplyPace } from './reply-pace';
import type { ReplyReport } from './reply-report';
import type { ReplySender } from './reply-sender';
import type { ReplyShaper } from './reply-shaper';

const MESSAGE = { batchId: 'b-1', conversationId: '1:79001234567', messages: [{}] } as MergedMessage;
const TURN = { batchId: 'b-1', token: 't' } as Turn;

describe('replies that a job holds', () => {
  const sent: OutgoingMessage[] = [];
  let noted: Partial<DeliveryRecord>;
  let pauseMs: number;

  beforeEach(() => {
    sent.length = 0;
    pauseMs = 0;
  });

  /** A worker takes the job as the last one left it. */
  function deliver(progress: Partial<DeliveryRecord>): ReturnType<ReplyDispatcher['deliver']> {
    noted = progress;
    const send = (_: unknown, message: OutgoingMessage): Promise<object> => {
      sent.push(message);
      return Promise.resolve({ kind: 'sent' });
    };
    const dispatcher = new ReplyDispatcher(
      { ask: () => Promise.resolve('send') } as unknown as ReplyPermits,
      {} as ReplyShaper,
      { pauseBeforeMs: () => Promise.resolve(pauseMs) } as unknown as ReplyPace,
      { send, showWriting: () => Promise.resolve() } as unknown as ReplySender,
      { tried: () => undefined } as unknown as ReplyReport,
    );
    const note = (_: unknown, record: object): Promise<void> => {
      noted = record;
      return Promise.resolve();
    };
    return dispatcher.deliver(TURN, MESSAGE, new DeliveryProgress({ progress }, { note }));
  }

  it('are sent as they stand there, also those that an earlier version noted', async () => {
    const rich = { text: 'three', buttons: [{ id: 'y', text: 'Yes' }] };
    expect(await deliver({ replies: ['one', '**two**', rich], sent: ['sent'] })).toEqual({ kind: 'done' });
    expect(sent).toEqual(['**two**', rich]);
  });

  it('wait once each, whichever worker has the job after that', async () => {
    pauseMs = 700;
    const paced = { kind: 'paced', pauseMs };
    expect(await deliver({ replies: ['one', 'two', 'three'] })).toEqual(paced);
    expect([noted, sent]).toMatchObject([{ sent: ['sent'], paced: 1 }, ['one']]);
    expect(await deliver(noted)).toEqual(paced);
    expect([noted, sent]).toMatchObject([{ paced: 2 }, ['one', 'two']]);
    expect(await deliver(noted)).toEqual({ kind: 'done' });
    expect(sent).toEqual(['one', 'two', 'three']);
  });
});
