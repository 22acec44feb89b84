import { type MergedMessage, type Conversation, conversationOf, type StoredMessage } from '@app/contracts';
import { BatchService } from '../batch.service';
import { Changes } from '../changes/changes';
import { Transcripts } from '../changes/transcripts';
import { type Claim, Claims } from '../hand-off/claims';
import { DeadLetters } from '../operators/dead-letters';
import { ErasedAt } from '../operators/erasure/erased-at';
import { ErasedHistory } from '../operators/erasure/erased-history';
import { eraseConversation } from '../operators/erasure/erasure';
import { Person } from '../operators/erasure/person';
import { OpenBatches } from '../operators/open-batches';
import { Pause } from '../operators/pause';
import { Unreadable } from '../operators/unreadable';
import { FailedAttempts } from '../processes/failed-attempts';
import { jobKey } from '../queue/queue';
import type { BatchStore } from '../store/batch-store';
import { beat } from '../store/scripts/beat';
import { forwardAlias } from '../store/scripts/forward-alias';
import { keepLateReply } from '../store/scripts/keep-late-reply';
import { keepNote } from '../store/scripts/keep-note';
import { leave } from '../store/scripts/leave';
import { takeLateReply } from '../store/scripts/take-late-reply';
import { BotStates } from '../turns/bot-states';
import { ColleagueWordsStore } from '../turns/colleague-words';
import { JobProgress } from '../turns/job-progress';
import { ReplyPermits } from '../turns/reply-permits';
import { Turns } from '../turns/turns';
import { Aliases } from '../window/aliases';
import { Steering } from '../window/steering';
import { TypingAndHold } from '../window/typing-and-hold';
import { LOCK } from './held-job';
import { aMessage } from './messages';

const PHONE = '79001234567';

/** Conversations of one customer, one for what each verb needs. */
export const [OURS, IN_TURN, BURIED, NEIGHBOUR, DRAFT] = [1, 2, 3, 4, 5].map((company) =>
  conversationOf(PHONE, company),
) as [Conversation, Conversation, Conversation, Conversation, Conversation];
/** Two ids that are not yet known to belong to the customer of `OURS`: one with a window, one with nothing. */
export const [ALIAS, EMPTY_ALIAS] = ['wa-lid:1', 'wa-lid:2'].map((id) => conversationOf(id, 1)) as [
  Conversation,
  Conversation,
];

/** The data before a verb: something under every key that any script knows, `OURS` claimed or not. */
export interface Scene {
  store: BatchStore;
  /** Of `OURS` or, if that is not claimed, of an earlier batch of it. */
  claim: Claim;
  neighbour: Claim;
  buried: Claim;
  inTurn: Claim;
  /** At the bot, where a further message supersedes it. */
  draft: Claim;
  /** Of `ALIAS`: it waits for its words. */
  note: StoredMessage;
}

export interface Verb {
  name: string;
  act: (scene: Scene) => Promise<unknown>;
  /** True if it concerns a job of the queue, whose keys have their own slot. */
  isOfQueue?: true;
  /** True if `OURS` is claimed before it. */
  isClaimed: boolean;
}

function verb(name: string, act: Verb['act'], isClaimed = false): Verb {
  return { name, act, isClaimed };
}

/** A verb that concerns the job of the batch at the bot. */
function ofQueue(name: string, act: (scene: Scene, job: string) => Promise<unknown>): Verb {
  const ofJob: Verb['act'] = (scene) => act(scene, jobKey(scene.store.settings, scene.inTurn.batchId));
  return { ...verb(name, ofJob), isOfQueue: true };
}

const address = (
  messageId: string,
  companyId = 1,
): { gateway: string; account: null; companyId: number; messageId: string } => ({
  ...{ gateway: 'generic', account: null, companyId, messageId },
});

const DRAFTED = address(`hello ${DRAFT.id}`, 5);

const EDIT = { at: 1_700_000_000_000, id: 'e', text: 'edited' };

/** Every script that a conversation can meet, on every path of it that writes. */
export const VERBS: readonly Verb[] = [
  verb('append', ({ store }) => new BatchService(store).append(OURS, aMessage('new', { messageId: 'new' }))),
  verb('append, a voice note that waits for its words', ({ store }) =>
    new BatchService(store).append(OURS, aMessage('', { messageId: 'note', awaitsWords: true })),
  ),
  verb('append, duplicate', ({ store }) =>
    new BatchService(store).append(OURS, aMessage('1', { messageId: '1' })),
  ),
  verb('append, direct', ({ store }) =>
    new BatchService(store).append(OURS, aMessage('now', { messageId: 'now' }), true),
  ),
  verb('append, taken back before', ({ store }) =>
    new BatchService(store).append(OURS, aMessage('gone', { messageId: 'gone' })),
  ),
  verb('append, edited before', ({ store }) =>
    new BatchService(store).append(OURS, aMessage('old', { messageId: 'early' })),
  ),
  verb('append to an empty conversation', ({ store }) =>
    new BatchService(store).append(EMPTY_ALIAS, aMessage('first', { messageId: 'first' })),
  ),
  verb('flush', ({ store }) => new OpenBatches(store).flush(OURS, 'manual')),
  verb('clear', ({ store }) => new OpenBatches(store).clear(OURS)),
  verb('edit', ({ store }) => new Changes(store).edit(address('1'), EDIT)),
  verb('give a voice note its words', ({ store, note }) =>
    new Transcripts(store).give({ conversation: ALIAS, message: note, leftMs: 0 }, { text: 'words' }),
  ),
  verb('look at what waits for words', ({ store }) => new Transcripts(store).notesOf(ALIAS)),
  verb('take what waits for words', ({ store }) => new Transcripts(store).take(10)),
  verb('revoke', ({ store }) => new Changes(store).revoke(address('1'))),
  verb('edit of a message that has not come', ({ store }) => new Changes(store).edit(address('later'), EDIT)),
  verb('type', ({ store }) => new TypingAndHold(store).typing(OURS, true)),
  verb('hold', ({ store }) => new TypingAndHold(store).hold(OURS)),
  verb('hold for an operator', ({ store }) => new Steering(store).hold(OURS, 60_000)),
  verb('mute', ({ store }) => new Steering(store).mute(OURS, 60_000)),
  verb('unmute', ({ store }) => new Steering(store).mute(OURS, 0)),
  verb('block', ({ store }) => new Steering(store).block(OURS, null)),
  verb('mute with a draft', ({ store }) => new Steering(store).mute(DRAFT, 60_000)),
  verb('learn an alias', ({ store }) => new Aliases(store).learn(ALIAS, OURS)),
  verb('learn an alias behind a claim', ({ store }) => new Aliases(store).learn(ALIAS, OURS), true),
  verb('forward an alias', ({ store }) => {
    const alias = store.keysOf(EMPTY_ALIAS).alias(EMPTY_ALIAS.id);
    return store.change(forwardAlias, EMPTY_ALIAS, { alias }, { to: OURS.id, keepMs: 60_000 });
  }),
  verb('claim', ({ store }) => new Claims(store).claimEach([OURS.id, NEIGHBOUR.id])),
  verb('settle', ({ store, claim, neighbour }) => new Claims(store).settleEach([claim, neighbour]), true),
  verb('release', ({ store, claim }) => new Claims(store).release(claim, 1_000, true), true),
  verb('bury', ({ store, claim }) => new Claims(store).bury(claim, 'refused'), true),
  verb('redrive', ({ store, buried }) => new DeadLetters(store).redrive(buried.batchId)),
  verb('discard', ({ store, buried }) => new DeadLetters(store).discard(buried.batchId)),
  verb('erase', ({ store }) => eraseConversation(store, OURS)),
  verb('erase with a draft', ({ store }) => eraseConversation(store, DRAFT)),
  verb('forget a batch of the history', ({ store }) =>
    new ErasedHistory(store).forget(new Person(new Set([PHONE]), null), new ErasedAt(Infinity)),
  ),
  verb('begin a turn', ({ store, inTurn }) => new Turns(store).begin(IN_TURN, inTurn)),
  verb('end a turn', ({ store, inTurn }) => new Turns(store).endOf(IN_TURN, inTurn.batchId)),
  verb('append to a draft', ({ store }) => new BatchService(store).append(DRAFT, aMessage('more'))),
  verb('edit of a draft', ({ store }) => new Changes(store).edit(DRAFTED, EDIT)),
  verb('revoke of a draft', ({ store }) => new Changes(store).revoke(DRAFTED)),
  verb('hold with a draft', ({ store }) => new TypingAndHold(store).hold(DRAFT)),
  verb('clear with a draft', ({ store }) => new OpenBatches(store).clear(DRAFT)),
  verb('commit a draft', ({ store, draft: { batchId } }) => new Turns(store).commitOf(DRAFT, batchId)),
  verb('end the turn of a draft', ({ store, draft: { batchId } }) => new Turns(store).endOf(DRAFT, batchId)),
  verb('judge a turn', ({ store, inTurn }) => new Turns(store).judge(IN_TURN, inTurn.batchId, true)),
  {
    ...verb('claim a reply', ({ store, inTurn: { batchId } }) =>
      new ReplyPermits(store, new Turns(store)).ask({ conversation: IN_TURN, batchId, token: '' }, '0', LOCK),
    ),
    isOfQueue: true,
  },
  ofQueue('keep a late reply', ({ store }, job) =>
    store.runner.run(keepLateReply, { job }, { answer: '{}' }),
  ),
  ofQueue('take no late reply any more', ({ store }, job) =>
    store.runner.run(takeLateReply, { job, lock: `${job}:lock` }, { closes: true, holder: LOCK }),
  ),
  ofQueue('note how far a worker has come', ({ store, inTurn: { batchId: id } }) =>
    new JobProgress(store.redis, store.settings).note({ id, token: LOCK }, { begun: 1 }),
  ),
  verb('find what was superseded', async ({ store, draft: { batchId } }) => {
    const { superseded } = store.keysOf(DRAFT);
    await store.commands((redis) => redis.zadd(superseded, Date.now(), batchId));
    return new Turns(store).findSuperseded({ conversation: DRAFT, batchId });
  }),
  verb('count what was answered', ({ store, inTurn }) =>
    new Turns(store).countAnswered({ conversation: IN_TURN, batchId: inTurn.batchId, token: '' }, {
      batchId: inTurn.batchId,
      messageCount: 1,
    } as MergedMessage),
  ),
  verb('keep what a bot left', ({ store, inTurn: { batchId } }) =>
    new BotStates(store).keep(IN_TURN, { batchId, follows: '', state: { id: 'c-1' }, keepMs: 60_000 }),
  ),
  verb('count a wrong secret', ({ store }) => new FailedAttempts(store).count('127.0.0.1', 60_000)),
  verb('keep what is unreadable', ({ store }) =>
    new Unreadable(store).keep({ gateway: 'waha', reasons: ['odd'], bytes: 2, body: {} }),
  ),
  verb('keep a colleague’s words', ({ store }) =>
    new ColleagueWordsStore(store).keep(OURS, { messageId: 'colleague', text: 'hello' }),
  ),
  verb('keep a note for a timeline', ({ store }) => {
    const keys = store.keysOf(OURS);
    const own = { timeline: keys.timeline(OURS.customer), timelines: keys.timelines };
    const bounds = { maxNotes: 2, maxAgeMs: 60_000, maxCustomers: 1 };
    return store.runner.run(keepNote, own, { customer: OURS.customer, note: '{}', ...bounds });
  }),
  verb('pause', ({ store }) => new Pause(store).stop()),
  verb('beat', ({ store }) =>
    store.runner.run(beat, processes(store), { id: 'b', card: '{}', aliveMs: 10_000 }),
  ),
  verb('leave', ({ store }) => store.runner.run(leave, processes(store), { id: 'a', aliveMs: 10_000 })),
];

/** Sets the scene on an empty Redis. */
export async function setScene(
  store: BatchStore,
  pass: (ms: number) => void,
  isClaimed: boolean,
): Promise<Scene> {
  const batches = new BatchService(store);
  const claims = new Claims(store);
  await new Turns(store).showWorker();
  await store.runner.run(beat, processes(store), { id: 'a', card: '{}', aliveMs: 10_000 });
  const [inTurn, buried] = [await claimed(IN_TURN), await claimed(BURIED)];
  const drafts = new Claims(drafting(store));
  const draft = await claimed(DRAFT, drafts);
  await drafts.settle(draft);
  await claims.settle(inTurn);
  await claims.bury(buried, 'refused');
  await batches.append(IN_TURN, aMessage('meanwhile'));
  await batches.append(ALIAS, aMessage('alias', { messageId: 'alias', awaitsWords: true }));
  await new Changes(store).revoke(address('gone'));
  await new Changes(store).edit(address('early'), EDIT);
  const claim = await claimed(OURS);
  const neighbour = await claimed(NEIGHBOUR);
  if (isClaimed) {
    await batches.append(OURS, aMessage('1', { messageId: '1' }));
  } else {
    await claims.settleEach([claim, neighbour]);
    await new Turns(store).endOf(OURS, claim.batchId);
    await new Turns(store).endOf(NEIGHBOUR, neighbour.batchId);
    await batches.append(OURS, aMessage('1', { messageId: '1' }));
    await batches.append(NEIGHBOUR, aMessage('2', { messageId: '2' }));
    pass(2_000);
  }
  const [note] = (await batches.read(ALIAS))?.messages as [StoredMessage];
  return { store, claim, neighbour, buried, inTurn, draft, note };

  async function claimed(conversation: Conversation, by = claims): Promise<Claim> {
    await batches.append(conversation, aMessage('hello', { messageId: `hello ${conversation.id}` }));
    pass(2_000);
    return (await by.claim(conversation.id)) as Claim;
  }
}

/** The same store under another policy. */
function drafting(store: BatchStore): BatchStore {
  const { settings } = store;
  const turns = { ...settings.turns, supersede: true };
  const superseding: BatchStore['settings'] = { ...settings, turns, of: () => superseding };
  return Object.assign(Object.create(store) as BatchStore, { settings: superseding });
}

function processes({ partitions }: BatchStore): { processes: string; cards: string } {
  const { processes: seen, processCards } = partitions.home;
  return { processes: seen, cards: processCards };
}
