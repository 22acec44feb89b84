import { type AuthorFormat, AUTHOR_FORMATS, type Writer } from '../support/authors';
import { GatewayStage, resultsOf, type Result } from '../support/gateway-stage';

const ANNA = '79001234567@s.whatsapp.net';
const BORIS = '5511900000002@s.whatsapp.net';
const LID = '241758390126644@lid';
const GROUP = '120363041234567890@g.us';
const ID = '3AFRIDAY000000000001';
const CHANGE = '3ACHANGE000000000001';

const direct = (chat: string, more: Partial<Writer> = {}): Writer => ({ chat, ...more });
const inGroup = (participant: string, more: Partial<Writer> = {}): Writer => ({
  chat: GROUP,
  participant,
  ...more,
});
const BUSINESS = direct(ANNA, { fromMe: true });

describe.each(['per-chat', 'per-sender'])('GROUP_MESSAGES=%s', (groups) => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start({
      batcher: false,
      env: { GROUP_MESSAGES: groups, GATEWAY_COMPANIES: '' },
    });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  async function post(gateway: string, body: object): Promise<Result | undefined> {
    return resultsOf(await stage.postSigned(gateway, JSON.stringify(body)))[0];
  }

  async function pending(): Promise<string[]> {
    const lists = await Promise.all(
      (await stage.conversations()).map((key) => stage.storedIn(key.slice(11))),
    );
    return lists.flat().map(({ text }) => text);
  }

  describe.each(AUTHOR_FORMATS)('%s', (_, { gateway, says, edits, revokes }: AuthorFormat) => {
    const say = (by: Writer): Promise<unknown> => post(gateway, says(by, ID, 'Friday'));
    const edit = (by: Writer): Promise<unknown> => post(gateway, edits(by, CHANGE, ID, 'Monday'));
    const revoke = (by: Writer): Promise<unknown> => post(gateway, revokes(by, CHANGE, ID));
    const REFUSED = { outcome: 'ignored', reason: 'not-author', conversationId: null };

    it.each([
      ['in their own chat', direct(ANNA)],
      ['in a group', inGroup(ANNA)],
    ])('lets the author change it %s', async (_where, anna) => {
      await say(anna);
      expect(await edit(anna)).toMatchObject({ kind: 'edit', outcome: 'edited' });
      expect(await pending()).toEqual(['Monday']);
      expect(await revoke(anna)).toMatchObject({ kind: 'revoke', outcome: 'revoked' });
      expect(await pending()).toEqual([]);
    });

    // Venom's edit and deletion are the message itself, with the chat and the author that WhatsApp Web found for it.
    it.each([
      ['another customer, of a message in a chat', direct(ANNA), direct(BORIS)],
      ['the business, of a message in a chat', direct(ANNA), BUSINESS],
      ['a customer, of a message in a group', inGroup(ANNA), direct(BORIS)],
      ['its author, but elsewhere than in the group', inGroup(ANNA), direct(ANNA)],
    ])('refuses %s', async (_who, victim, attacker) => {
      await say(victim);
      const isForwarded = gateway === 'venom';
      expect(await edit(attacker)).toMatchObject(REFUSED);
      expect(await revoke(attacker)).toMatchObject(isForwarded ? { outcome: 'ignored' } : REFUSED);
      expect(await pending()).toEqual(['Friday']);
    });

    it('refuses another member’s edit, and lets an admin remove it', async () => {
      await say(inGroup(ANNA));
      expect(await edit(inGroup(BORIS))).toMatchObject(REFUSED);
      expect(await pending()).toEqual(['Friday']);
      expect(await revoke(inGroup(BORIS))).toMatchObject({ outcome: 'revoked' });
    });

    it('ignores what another person has left for a message that comes later', async () => {
      expect(await edit(direct(BORIS))).toMatchObject({ outcome: 'early' });
      expect(await revoke(direct(BORIS))).toMatchObject({ outcome: 'early' });
      expect(await say(direct(ANNA))).toMatchObject({ outcome: 'opened' });
      expect(await pending()).toEqual(['Friday']);
    });
  });

  it.each(AUTHOR_FORMATS.filter(([name]) => /Evolution, as m|NOWEB|GOWS/.test(name)))(
    '%s knows an author by LID and by phone once both have been shown',
    async (_, { gateway, says, edits }) => {
      await post(gateway, says(direct(LID), ID, 'Friday'));
      expect(await post(gateway, edits(direct(ANNA), CHANGE, ID, 'Monday'))).toMatchObject({
        reason: 'not-author',
      });
      const both = direct(LID, { alt: ANNA });
      expect(await post(gateway, edits(both, CHANGE, ID, 'Monday'))).toMatchObject({ outcome: 'edited' });
      const later = edits(direct(ANNA), `${CHANGE}X`, ID, 'Sunday');
      expect(await post(gateway, later)).toMatchObject({ kind: 'edit' });
      expect(JSON.stringify(await post(gateway, later))).not.toContain('not-author');
    },
  );

  it('Evolution’s messages.edited, which does not say who edits, goes by the id alone', async () => {
    const { says } = AUTHOR_FORMATS[0]?.[1] as AuthorFormat;
    await post('evolution', says(direct(ANNA), ID, 'Friday'));
    const edited = (key: object): object => ({
      ...{ event: 'messages.edited', instance: 'salon', sender: '79007654321@s.whatsapp.net' },
      data: { key: { id: ID, ...key }, type: 14, editedMessage: { conversation: 'Monday' }, timestampMs: 1 },
    });
    expect(await post('evolution', edited({ remoteJid: BORIS, fromMe: false }))).toMatchObject({
      reason: 'not-author',
    });
    expect(await post('evolution', edited({ remoteJid: ANNA, fromMe: true }))).toMatchObject({
      reason: 'not-author',
    });
    expect(await post('evolution', edited({ remoteJid: GROUP, fromMe: true }))).toMatchObject({
      reason: 'not-author',
    });
    const swapped = { remoteJid: '79007654321@s.whatsapp.net', fromMe: true };
    expect(await post('evolution', edited(swapped))).toMatchObject({ outcome: 'edited' });
  });

  it('counts what it refuses, by its reason', async () => {
    const { says, edits } = AUTHOR_FORMATS[0]?.[1] as AuthorFormat;
    await post('evolution', says(direct(ANNA), ID, 'Friday'));
    await post('evolution', edits(direct(BORIS), CHANGE, ID, 'Monday'));
    const metrics = await (await fetch(`${stage.system.webhook.url}/metrics`)).text();
    expect(metrics).toMatch(
      /gateway_events_total\{.*kind="edit",outcome="ignored",reason="not-author".*\} [1-9]/,
    );
  });
});
