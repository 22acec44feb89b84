import { ProblemException } from '@app/platform';
import { MediaDto, MessageDto } from './message.dto';
import { MESSAGE_EXAMPLES } from './message.examples';
import { type ReadItem, readRequest } from './message.reader';

const aMessage = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  phone: '79001234567',
  message: 'hello',
  ...fields,
});

function read(body: unknown): MessageDto {
  const [item] = readRequest(body).items;
  if (!item?.ok) throw new Error('not read');
  return item.message;
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
    const request = readRequest(said);
    expect(request.isList).toBe(false);
    expect(request.items).toHaveLength(1);
    expect(read(said)).toMatchObject(said);
    expect(read(said)).toBeInstanceOf(MessageDto);
    expect(read(said).media).toBeInstanceOf(MediaDto);
  });

  it('fills in what may be left out', () => {
    expect(read(aMessage())).toMatchObject({ type: 'text', metadata: {} });
    expect(read(aMessage()).media).toBeUndefined();
  });

  it('hands metadata on as they came, whatever their names', () => {
    const metadata = JSON.parse('{"constructor":1,"__proto__":{"a":1},"then":2,"list":[]}') as object;
    expect(read(aMessage({ metadata })).metadata).toBe(metadata);
  });

  it.each(['phone', 'message', 'messageId', 'timestamp', 'type', 'companyId'])(
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
    expect(fieldsAtFault(aMessage({ message: 7, media }))).toEqual(['message']);
  });

  it('takes metadata that are nested, and not those that are nested without end', () => {
    const nested = (levels: number): object =>
      Array.from({ length: levels - 1 }).reduce<object>((inner) => ({ inner }), {});
    expect(fieldsAtFault(aMessage({ metadata: nested(32) }))).toEqual([]);
    expect(fieldsAtFault(aMessage({ metadata: nested(33) }))).toEqual(['metadata']);
    expect(fieldsAtFault(aMessage({ metadata: nested(100_000) }))).toEqual(['metadata']);
  });

  it('reads a list item by item, each with its own company or the list’s', () => {
    const messages = [aMessage({ companyId: 1 }), aMessage()];
    const { isList, items } = readRequest({ companyId: 2, messages });
    expect(isList).toBe(true);
    expect(items.map((item: ReadItem) => item.ok && item.message.companyId)).toEqual([1, 2]);
  });

  it('lets an unreadable item of a list spoil no other', () => {
    const { items } = readRequest({ messages: [aMessage(), 7, aMessage({ phone: 'nobody' })] });
    expect(items.map(({ ok }) => ok)).toEqual([true, false, false]);
    const faults = items.map((item) => (item.ok ? [] : item.errors.map(({ field }) => field)));
    expect(faults).toEqual([[], ['messages[1]'], ['messages[2].phone']]);
  });

  it('names each item and field at fault', () => {
    const messages = [aMessage({ phone: 'nobody', media: { size: -1 } }), null];
    expect(fieldsAtFault({ messages })).toEqual([
      'messages[0].phone',
      'messages[0].media.size',
      'messages[1]',
    ]);
  });

  it.each([
    [undefined, 'body'],
    [null, 'body'],
    ['hello', 'body'],
    [[aMessage()], 'body'],
    [{ messages: [] }, 'messages'],
    [{ messages: aMessage() }, 'messages'],
  ])('refuses %j', (body, field) => {
    expect(fieldsAtFault(body)).toEqual([field]);
  });

  it.each(Object.entries(MESSAGE_EXAMPLES))('reads the documentation’s example "%s"', (_, { value }) => {
    expect(readRequest(value).items.every(({ ok }) => ok)).toBe(true);
  });
});
