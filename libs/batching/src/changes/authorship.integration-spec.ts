import { type IncomingMessage, memberIdOf } from '@app/contracts';
import { BatchService } from '../batch.service';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import type { Actor } from './authorship';
import { Changes } from './changes';

const ANNA = '79001234567';
const BORIS = '5511900000002';
const LID = 'wa-lid:241758390126644';
const OTHER_LID = 'wa-lid:999958390126644';
const BSUID = 'wa-bsuid:RU.13491208655302741918';
const GROUP = 'wa-group:120363041234567890';
const OTHER_GROUP = 'wa-group:120363041234567899';
const TARGET = { companyId: 1, gateway: 'generic', account: null, messageId: 'M' };

const alone = (...ids: string[]): Actor => ({ chat: ids, person: ids });
const inGroup = (person: Actor['person'], group = GROUP): Actor => ({ chat: [group], person });
const of = (customer: string, sender?: string): [string, IncomingMessage] => [
  customer,
  aMessage('Friday', { messageId: 'M', metadata: sender === undefined ? {} : { sender } }),
];

type Case = [what: string, message: [string, IncomingMessage], by: Actor | null, may: string];
const PER_SENDER = memberIdOf(GROUP, ANNA);

/** The permissions; the aliases of `beforeEach` are known. */
const CASES: Case[] = [
  ['its author', of(ANNA), alone(ANNA), 'edit, revoke'],
  ['its author, by a LID that is known', of(ANNA), alone(LID), 'edit, revoke'],
  ['its author, by a BSUID that is known', of(ANNA), alone(BSUID), 'edit, revoke'],
  [
    'its author, by an id that only this payload joins to theirs',
    of(OTHER_LID),
    alone(ANNA, OTHER_LID),
    'edit, revoke',
  ],
  ['a person whom the gateway does not name', of(ANNA), null, 'edit, revoke'],
  ['another customer', of(ANNA), alone(BORIS), ''],
  ['another customer, by LID', of(ANNA), alone(OTHER_LID), ''],
  ['the business, in its customer’s chat', of(ANNA), { chat: [ANNA], person: 'business' }, ''],
  ['a member of some group', of(ANNA), inGroup([ANNA]), ''],
  ['its author in a group', of(GROUP, ANNA), inGroup([ANNA]), 'edit, revoke'],
  ['its author in a group, by LID', of(GROUP, ANNA), inGroup([LID]), 'edit, revoke'],
  ['its author in a group, who was known by a LID', of(GROUP, LID), inGroup([ANNA]), 'edit, revoke'],
  ['its author in a group, known by each one’s own', of(PER_SENDER, ANNA), inGroup([LID]), 'edit, revoke'],
  ['another member of the group, or an admin', of(GROUP, ANNA), inGroup([BORIS]), 'revoke'],
  ['another member, of a group known by each one’s own', of(PER_SENDER, ANNA), inGroup([BORIS]), 'revoke'],
  ['the business as the admin of a group', of(GROUP, ANNA), inGroup('business'), 'revoke'],
  ['a member whom the gateway does not name', of(GROUP, ANNA), inGroup(null), 'edit, revoke'],
  ['a member, of a message without a known author', of(GROUP), inGroup([ANNA]), 'revoke'],
  ['its author, but in another group', of(GROUP, ANNA), inGroup([ANNA], OTHER_GROUP), ''],
  ['its author, but in a chat of their own', of(GROUP, ANNA), alone(ANNA), ''],
];

describe('a message is changed by', () => {
  let batching: TestBatching;
  let batches: BatchService;
  let changes: Changes;

  beforeAll(async () => {
    batching = await TestBatching.start();
    ({ batches } = batching);
    changes = new Changes(batching.store);
  });
  beforeEach(async () => {
    await batching.redis.flushall();
    for (const alias of [LID, BSUID]) await batching.aliases.learn(aConversation(alias), aConversation(ANNA));
    await batching.aliases.learn(aConversation(memberIdOf(GROUP, LID)), aConversation(PER_SENDER));
  });
  afterAll(() => batching.stop());

  const change = async (kind: string, by: Actor | null, at = batching.now): Promise<string> =>
    kind === 'edit'
      ? (await changes.edit(TARGET, { at, id: 'e', text: 'Monday' }, null, by)).outcome
      : (await changes.revoke(TARGET, null, by)).outcome;

  async function texts(customer: string): Promise<string[]> {
    const { messages } = (await batches.read(aConversation(customer))) ?? { messages: [] };
    return messages.map(({ text }) => text);
  }

  async function handOff(): Promise<void> {
    batching.now += 60_000;
    await batching.sweep.run();
  }

  describe.each(CASES)('%s', (_, [customer, message], by, may) => {
    const conversation = aConversation(customer);

    it.each(['edit', 'revoke'])('%s, while it is pending', async (kind) => {
      await batches.append(conversation, message);
      const done = kind === 'edit' ? 'edited' : 'revoked';
      expect(await change(kind, by)).toBe(may.includes(kind) ? done : 'not-author');
      const changed = kind === 'edit' ? ['Monday'] : [];
      expect(await texts(customer)).toEqual(may.includes(kind) ? changed : ['Friday']);
      expect((await batching.statistics()).balance).toBe(0);
    });

    it.each(['edit', 'revoke'])('%s, before it has come', async (kind) => {
      expect(await change(kind, by)).toBe('early');
      expect(await change(kind, by)).toBe('duplicate');
      const { outcome } = await batches.append(conversation, message);
      expect(outcome).toBe(may.includes(kind) && kind === 'revoke' ? 'revoked' : 'opened');
      const changed = kind === 'edit' ? ['Monday'] : [];
      expect(await texts(customer)).toEqual(may.includes(kind) ? changed : ['Friday']);
      expect(await batches.append(conversation, message)).toMatchObject({ outcome: 'duplicate' });
      expect((await batching.statistics()).balance).toBe(0);
    });

    it.each(['edit', 'revoke'])('%s, once it is handed off', async (kind) => {
      await batches.append(conversation, message);
      await handOff();
      expect(await change(kind, by)).toBe(may.includes(kind) ? 'after-hand-off' : 'not-author');
    });
  });

  it('a change that another person has left for it hides none of its author’s', async () => {
    const [customer, message] = of(ANNA);
    expect(await change('edit', alone(BORIS), batching.now + 1_000)).toBe('early');
    expect(
      (await changes.edit(TARGET, { at: batching.now, id: 'mine', text: 'Sunday' }, null, alone(ANNA)))
        .outcome,
    ).toBe('early');
    expect(
      (await changes.edit(TARGET, { at: batching.now + 1, id: 'unread', text: null }, null, alone(ANNA)))
        .outcome,
    ).toBe('early');
    await batches.append(aConversation(customer), message);
    expect(await texts(customer)).toEqual(['Sunday']);
  });

  it('an edit that cannot be read does not bring back what another person has left', async () => {
    const [customer, message] = of(ANNA);
    await change('edit', alone(BORIS));
    await changes.edit(TARGET, { at: batching.now + 1, id: 'unread', text: null }, null, alone(ANNA));
    await batches.append(aConversation(customer), message);
    expect(await texts(customer)).toEqual(['Friday']);
  });
});
