import { type MessageEvent, venom } from '@app/gateways';
import { ProblemException } from '@app/platform';
import { MESSAGE_EXAMPLES } from './message.examples';
import { readRequest } from './message.reader';

const aMessage = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  phone: '79001234567',
  message: 'hello',
  ...fields,
});

function read(body: unknown): MessageEvent {
  const [item] = readRequest(body).items;
  if (!item?.ok || item.event.kind !== 'message') throw new Error('not read');
  return item.event;
}

function fieldsAtFault(body: unknown): string[] {
  try {
    return readRequest(body).items.flatMap((item) => (item.ok ? [] : item.errors.map(({ field }) => field)));
  } catch (error) {
    if (!(error instanceof ProblemException)) throw error;
    expect(error.getStatus()).toBe(400);
    return (error.problem.errors ?? []).map(({ field }) => field);
  }
}

describe('reading a request', () => {
  it('gives one message with everything that was said of it', () => {
    const said = {
      ...aMessage(),
      companyId: 962302,
      messageId: 'm-1',
      timestamp: 1_721_737_327_000,
      type: 'image',
      media: { url: 'https://gateway.example/1' },
      metadata: { deep: { list: [1, { a: null }] } },
    };
    expect(readRequest(said)).toMatchObject({ isList: false, items: [{ ok: true }] });
    expect(read(said)).toMatchObject({
      ...{ gateway: 'generic', account: null, companyId: 962302, customer: '79001234567' },
      ...{ chatId: '79001234567', messageId: 'm-1', timestampMs: 1_721_737_327_000 },
      ...{ type: 'image', text: 'hello', media: [said.media], metadata: said.metadata },
    });
  });

  it('fills in what may be left out', () => {
    expect(read(aMessage())).toMatchObject({ type: 'text', metadata: {}, media: [], timestampMs: null });
  });

  it('hands metadata on as they came, whatever their names', () => {
    const metadata = JSON.parse(
      '{"constructor":1,"__proto__":{"a":1},"then":2,"list":[],"token":"t"}',
    ) as object;
    expect(JSON.stringify(read(aMessage({ metadata })).metadata)).toBe(JSON.stringify(metadata));
  });

  it('hands on a type and an address that only the bot’s owner knows', () => {
    expect(read(aMessage({ type: 'form-7' })).type).toBe('form-7');
    expect(read(aMessage({ media: { url: 's3://files/1.jpg', mimeType: 'image/jpeg' } })).media).toEqual([
      { type: 'image', url: 's3://files/1.jpg', mimeType: 'image/jpeg' },
    ]);
  });

  it.each([
    { from: '79001234567@c.us', body: 'да', type: 'chat', id: 'false_79001234567@c.us_3EB0A1' },
    {
      from: '79001234567@c.us',
      type: 'ptt',
      isMedia: true,
      mimetype: 'audio/ogg',
      body: 'T2dnUw',
      id: '3EB0',
    },
    { from: '120363041234567890@g.us', author: '79001234567@c.us', body: 'да', id: { _serialized: '3EB0' } },
    { from: '241758390126644@lid', sender: { id: '79001234567@c.us' }, body: 'да', t: 1763700001 },
    { from: '79001234567@c.us', type: 'e2e_notification' },
    { from: '79007654321@c.us', to: '79001234567@c.us', fromMe: true, body: 'да' },
    { from: '79001234567@c.us', type: 'revoked', id: '3EB0' },
  ])('reads a whole object as /webhook/venom does: %j', (posted) => {
    const [item] = readRequest(posted).items;
    const [event] = venom.read(posted);
    expect(item).toEqual({ ok: true, event: { ...event, gateway: 'generic' } });
  });

  it('leaves a session alone: the plain calls know no accounts', () => {
    expect(read(aMessage({ session: 'salon' })).account).toBeNull();
  });

  it('believes the phone, whatever group accompanies it', () => {
    expect(read(aMessage({ chatId: '120363041234567890@g.us' })).customer).toBe('79001234567');
  });

  it.each(['phone', 'message', 'messageId', 'timestamp', 'companyId'])(
    'names %s where it is a thing made to break readers',
    (field) => {
      expect(fieldsAtFault(aMessage({ [field]: { constructor: 1, _serialized: {} } }))).toEqual([field]);
    },
  );

  it('needs a text only where there is no media', () => {
    const media = { url: 'https://gateway.example/1' };
    expect(fieldsAtFault(aMessage({ message: undefined }))).toEqual(['message']);
    expect(fieldsAtFault(aMessage({ message: '' }))).toEqual(['message']);
    expect(fieldsAtFault(aMessage({ message: undefined, media }))).toEqual([]);
    expect(fieldsAtFault(aMessage({ message: '', media }))).toEqual([]);
    expect(fieldsAtFault(aMessage({ message: ['a'], media }))).toEqual(['message']);
  });

  it('takes metadata that are nested, and not those that are nested without end', () => {
    const nested = (levels: number): object =>
      Array.from({ length: levels - 1 }).reduce<object>((inner) => ({ inner }), {});
    expect(fieldsAtFault(aMessage({ metadata: nested(32) }))).toEqual([]);
    expect(fieldsAtFault(aMessage({ metadata: nested(33) }))).toEqual(['metadata']);
    expect(fieldsAtFault(aMessage({ metadata: nested(100_000) }))).toEqual(['metadata']);
  });

  it('reads a list item by item, each with its own company or the list’s', () => {
    const messages = [aMessage({ companyId: 1 }), aMessage(), aMessage({ companyId: ' ' })];
    const { isList, items } = readRequest({ companyId: 2, messages });
    expect(isList).toBe(true);
    expect(items.map((item) => item.ok && item.event.companyId)).toEqual([1, 2, 2]);
  });

  it('lets an unreadable item of a list spoil no other', () => {
    const { items } = readRequest({ messages: [aMessage(), 7, aMessage({ phone: 'nobody' })] });
    expect(items.map(({ ok }) => ok)).toEqual([true, false, false]);
    const faults = items.map((item) => (item.ok ? [] : item.errors.map(({ field }) => field)));
    expect(faults).toEqual([[], ['messages[1]'], ['messages[2].phone']]);
  });

  it('names each item and field at fault', () => {
    const messages = [aMessage({ phone: 'nobody', timestamp: 'yesterday' }), null];
    expect(fieldsAtFault({ messages })).toEqual([
      'messages[0].phone',
      'messages[0].timestamp',
      'messages[1]',
    ]);
    expect(fieldsAtFault([aMessage({ phone: 'nobody' }), null])).toEqual(['[0].phone', '[1]']);
  });

  it.each([
    [undefined, 'body'],
    [null, 'body'],
    ['hello', 'body'],
    [[], 'body'],
    [{ messages: [] }, 'messages'],
    [{ messages: aMessage() }, 'messages'],
  ])('refuses %j', (body, field) => {
    expect(fieldsAtFault(body)).toEqual([field]);
  });

  it.each(Object.entries(MESSAGE_EXAMPLES))(
    'reads the documentation’s example "%s", which has no time to be sent again with',
    (_, { value }) => {
      const { items } = readRequest(value);
      expect(items.map((item) => item.ok && item.event)).toEqual(
        items.map(() => expect.objectContaining({ kind: 'message', timestampMs: null }) as unknown),
      );
    },
  );
});
