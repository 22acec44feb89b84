/** How OpenAI's streams, and many after them, say that nothing follows. */
const END = '[DONE]';

/**
 * The data of each event of a stream, in order, as JSON if it is (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * Where the data are an object without a field `event`, the event's own name is added: some bots name it there only.
 */
export function eventsOf(stream: string): unknown[] {
  return stream
    .split(/\r?\n\r?\n|\r\r/)
    .map(eventOf)
    .filter((event) => event !== undefined);
}

function eventOf(block: string): unknown {
  const fields = block.split(/\r\n|\r|\n/).map(fieldOf);
  const data = fields.filter(({ name }) => name === 'data').map(({ value }) => value);
  const text = data.join('\n');
  if (data.length === 0 || text === END) return undefined;
  const event = fields.findLast(({ name }) => name === 'event')?.value;
  return named(parsed(text), event);
}

function fieldOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  if (colon === -1) return { name: line, value: '' };
  const value = line.slice(colon + 1);
  return { name: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value };
}

function named(data: unknown, event: string | undefined): unknown {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  return event !== undefined && isObject && !('event' in data) ? { ...data, event } : data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
