import { bodyOf, shapeOf } from './bot-answer';

const body = (text: string, contentType = ''): object => bodyOf({ status: 200, contentType, text });

describe('the form of an answer', () => {
  it.each(['{"a":1}', '\uFEFF{"a":1}', '\n\n \r\n{"a":1}\n'])('is JSON: %j', (text) => {
    expect(body(text)).toEqual({ form: 'json', value: { a: 1 } });
  });

  it('is a stream of events, with or without their names and its type', () => {
    const stream =
      ': hello\n\nevent: word\ndata: {"a":1}\n\ndata: {"event":"b"}\r\n\r\ndata: two\ndata: lines\n\ndata: [DONE]';
    const events = [{ a: 1, event: 'word' }, { event: 'b' }, 'two\nlines'];
    expect(body(stream, 'text/event-stream; charset=utf-8')).toEqual({ form: 'events', value: events });
    expect(body(stream)).toEqual({ form: 'events', value: events });
  });

  it('is JSON in lines', () => {
    expect(body('{"a":1}\n{"b":2}\r\n')).toEqual({ form: 'lines', value: [{ a: 1 }, { b: 2 }] });
  });

  it.each(['Hello there', ':) hello', 'event: at six', '{"a":', 'One\nmore line'])(
    'is a text: %j',
    (text) => {
      expect(body(text)).toEqual({ form: 'text', value: text });
    },
  );
});

it.each([
  ['{"a":1}', 'json'],
  ['\uFEFF\n<!DOCTYPE html>', 'html'],
  ['<html><body>Please log in</body></html>', 'html'],
  ['< 5 minutes', 'text'],
  ['{"reply": ', 'text'],
])('%j looks like %s', (text, shape) => expect(shapeOf(text)).toBe(shape));
