import { isBlob, redact, REMOVED_BLOB } from './redaction';

describe('redact', () => {
  it.each([
    'apikey',
    'apiKey',
    'x-api-key',
    'instanceToken',
    'access_token',
    'messageSecret',
    'Authorization',
    'mediaKey',
    'password',
    'jwt_key',
  ])('drops %s, at any depth', (name) => {
    expect(redact({ kept: 1, deep: { [name]: 'hidden' } })).toEqual({ kept: 1, deep: {} });
  });

  it('replaces files and keeps words', () => {
    const thumbnail = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wCE';
    expect(redact({ thumbnail, whole: 'A'.repeat(300), words: 'hello '.repeat(60) })).toEqual({
      thumbnail: REMOVED_BLOB,
      whole: REMOVED_BLOB,
      words: 'hello '.repeat(60),
    });
  });

  it('keeps what is written on a card, and none of its pictures', () => {
    const photo = `PHOTO;BASE64:${'/9j/4AAQSkZJRg'.repeat(1000)}\r\n ${'/9j/4AAQ'.repeat(9)}`;
    const card = `BEGIN:VCARD\r\nFN:Dr. Iva\r\n${photo}\r\nitem1.TEL;waid=5511:+55 11\r\nEND:VCARD`;
    expect(redact({ contacts: [{ vcard: card }] })).toEqual({
      contacts: [{ vcard: 'BEGIN:VCARD\nFN:Dr. Iva\nitem1.TEL;waid=5511:+55 11\nEND:VCARD' }],
    });
  });

  it('keeps the number below a picture whose lines are not set in, as cards of version 2.1 have it', () => {
    const photo = `PHOTO;JPEG;ENCODING=BASE64:\n${`${'/9j/4AAQ'.repeat(9)}\n`.repeat(90)}`;
    expect(redact({ card: `BEGIN:VCARD\nFN:Dr. Iva\n${photo}\nTEL:+55 11\nEND:VCARD` })).toEqual({
      card: 'BEGIN:VCARD\nFN:Dr. Iva\nTEL:+55 11\nEND:VCARD',
    });
  });

  it('leaves JSON inside a text whole, and marks what it cuts', () => {
    const form = JSON.stringify({ answer: 'ü, '.repeat(3000) });
    expect(redact({ form })).toEqual({ form });
    expect(redact({ words: 'ü, '.repeat(3000) })).toEqual({
      words: expect.stringMatching(/… \[cut\]$/) as string,
    });
  });

  it('cuts what has no end', () => {
    const deep: Record<string, unknown> = {};
    let inner = deep;
    for (let depth = 0; depth < 10_000; depth += 1) inner = inner.next = {};
    const kept = JSON.stringify(redact({ deep, wide: Array(100_000).fill(1), long: 'ю'.repeat(100_000) }));
    expect(kept.length).toBeLessThan(10_000);
  });

  it('copies no prototype', () => {
    expect(redact(JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>)).toEqual({});
    expect('polluted' in {}).toBe(false);
  });
});

describe('isBlob', () => {
  it.each(['data:image/png;base64,iVBORw0KGgo=', 'iVBORw0KGgoAAAA', 'UklGRiQAAABXRUJQ', 'a1B2'.repeat(64)])(
    '%s is a file',
    (text) => {
      expect(isBlob(text)).toBe(true);
    },
  );

  it.each([
    'Здравствуйте',
    'wamid.HBgLNzkwMDEyMzQ1NjcVAgASGBQz0001AAAA',
    'https://mmg.whatsapp.net/v/d',
    'ok',
  ])('%s is none', (text) => {
    expect(isBlob(text)).toBe(false);
  });
});
