import type { GatewayEvent } from './gateway-event';
import { waha } from './registry';
import { customerIn, type Expectation, readBy, type Sample, sample, SAMPLES } from './testing/samples';

/** The index's meaning of a sample, independent of the names of an event's fields. */
function kindIn(kind: string | undefined): string | undefined {
  if (kind === 'ignore' || kind === 'reject') return 'ignored';
  return kind === 'duplicate-of' ? 'message' : kind;
}

function reading(event: GatewayEvent): Partial<Record<keyof Expectation, unknown>> {
  return {
    ...event,
    chatKey: event.customer,
    newKey: 'newCustomer' in event ? event.newCustomer : undefined,
    senderKey: event.sender,
    alias: event.aliases[0]?.alias,
    media: 'media' in event ? event.media[0]?.type : undefined,
  };
}

function expected({ expect: wanted }: Sample): Partial<Record<keyof Expectation, unknown>> {
  const { chatKey, newKey, senderKey, kind, fromMe, reason, ...rest } = wanted;
  return {
    ...rest,
    ...(kind === undefined ? {} : { kind: kindIn(kind) }),
    ...(chatKey === undefined ? {} : { chatKey: customerIn(chatKey) }),
    ...(newKey === undefined ? {} : { newKey: customerIn(newKey) }),
    ...(senderKey === undefined ? {} : { senderKey: customerIn(senderKey) }),
    // An echo is always our own, a message never is.
    ...(kind === 'edit' && fromMe !== undefined ? { fromMe } : {}),
    ...(reason === 'status/story' ? { reason: 'status-post' } : {}),
  };
}

/** Notes of the index that are about later steps, or about the index itself. */
const NOT_READ = ['ignore', 'isGroup', 'stale'];

describe('samples', () => {
  const several = SAMPLES.filter(({ expect: { kind } }) => kind === 'messages');
  const changes = SAMPLES.filter(({ expect: { targetIds } }) => targetIds !== undefined);
  const receipts = SAMPLES.filter(({ expect: { messageIds } }) => messageIds !== undefined);
  const single = SAMPLES.filter((each) => ![...several, ...changes, ...receipts].includes(each));

  it('there are samples to read', () => {
    expect(single.length).toBeGreaterThan(60);
    expect(several.length).toBeGreaterThan(1);
  });

  it.each(single.map((each) => [each.file, each] as const))('%s is read as its index says', (_, each) => {
    const events = readBy(each.gateway, each.payload);

    expect(events).toHaveLength(1);
    const wanted = Object.entries(expected(each)).filter(([name]) => !NOT_READ.includes(name));
    const read = events.map(reading)[0] ?? {};
    expect(read).toMatchObject(Object.fromEntries(wanted));
  });

  it('have the words that the business itself wrote', () => {
    const own = single.filter(({ expect: { kind } }) => kind === 'echo');
    const words = own.flatMap((each) =>
      readBy(each.gateway, each.payload).map((event) => [each.file, 'text' in event ? event.text : null]),
    );
    expect(Object.fromEntries(words)).toEqual({
      'chatwoot/outgoing-agent.json': 'Добрый день, это Ольга. На какой день?',
      'chatwoot/outgoing-own-bot.json': 'Записала вас на субботу, 15:00',
      'chatwoot/template-greeting.json': 'Здравствуйте! Скоро ответим.',
      'evolution-go/message-own-lid-chat.json': 'Отвечу сама через час',
      'evolution-go/send-message-api.json': 'Ждём вас',
      'evolution/own-from-phone.json': 'Отвечу сама',
      'evolution/send-message-api.json': 'Ждём вас',
      'gowa/message-own.json': 'Отвечу сама через час',
      'green-api/outgoing-phone.json': 'Отвечу сама через час',
      'instagram/echo-image.json': '',
      'messenger/echo-page-inbox.json': 'Отвечу сама через час',
      'meta-cloud/smb-message-echo.json': 'ответ с телефона',
      'telegram/business-message-away.json': 'Сейчас не на месте, отвечу утром',
      'telegram/business-message-owner.json': 'Да, в 15:00 свободно',
      'venom/own-onanymessage.json': 'Ждём вас завтра',
      'waha/message-any-own-api.json': 'Ждём вас завтра',
      'wppconnect/onselfmessage.json': 'Отвечу сама через час',
    });
  });

  it.each(several.map((each) => [each.file, each] as const))('%s holds every message', (_, each) => {
    const events = readBy(each.gateway, each.payload);
    const messages = events.filter(({ kind }) => kind === 'message');

    expect(messages).toHaveLength(each.expect.count ?? 0);
    expect([...new Set(messages.map(({ customer }) => customer))]).toEqual(
      each.expect.chats?.map(customerIn),
    );
    expect(events.length - messages.length).toBe(each.expect.ignored ?? 0);
  });

  it.each(changes.map((each) => [each.file, each] as const))('%s holds every change', (_, each) => {
    const { targetIds = [], count, ...shared } = each.expect;
    const wanted = targetIds.map((targetId) => ({ ...expected({ ...each, expect: shared }), targetId }));
    expect(wanted).toHaveLength(count ?? 0);
    expect(readBy(each.gateway, each.payload).map(reading)).toMatchObject(wanted);
  });

  it.each(receipts.map((each) => [each.file, each] as const))('%s holds every receipt', (_, each) => {
    const { messageIds = [], count, ...shared } = each.expect;
    const wanted = messageIds.map((messageId) => ({ ...expected({ ...each, expect: shared }), messageId }));
    expect(wanted).toHaveLength(count ?? 0);
    expect(readBy(each.gateway, each.payload).map(reading)).toMatchObject(wanted);
  });

  it('one message under two subscriptions has one id', () => {
    const ids = ['waha/message-text.json', 'waha/message-any-same-message.json'].map(
      (file) => waha.read(sample(file))[0]?.messageId,
    );
    expect(ids[0]).toBe(ids[1]);
  });
});
