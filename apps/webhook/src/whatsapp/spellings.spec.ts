import { inOurNames } from './spellings';

const PHONE = '79001234567';

describe('the spellings of forwarders', () => {
  it.each([
    ['phone', { phone: PHONE }],
    ['phone', { from: PHONE }],
    ['phone', { phone: null, from: PHONE }],
    ['message', { message: PHONE }],
    ['message', { body: PHONE }],
    ['message', { text: PHONE }],
    ['message', { message: PHONE, body: 'other', text: 'other' }],
    ['message', { media: { caption: PHONE } }],
    ['messageId', { messageId: PHONE }],
    ['messageId', { id: PHONE }],
    ['messageId', { id: { _serialized: PHONE } }],
    ['timestamp', { timestamp: PHONE }],
    ['timestamp', { t: PHONE }],
  ])('find the %s in %j', (name, fields) => {
    expect(inOurNames(fields, undefined)[name]).toBe(PHONE);
  });

  it.each([
    [`false_${PHONE}@c.us_3EB0A1`, '3EB0A1'],
    [`false_${PHONE}@lid_3EB0A1`, '3EB0A1'],
    [`true_120363000000000000@g.us_3EB0A1_${PHONE}@c.us`, '3EB0A1'],
    ['3EB0A1', '3EB0A1'],
    ['false_3EB0A1', 'false_3EB0A1'],
  ])('know a message however its chat is spelt: %s is %s', (id, messageId) => {
    expect(inOurNames({ id }, undefined).messageId).toBe(messageId);
    expect(inOurNames({ id: { _serialized: id } }, undefined).messageId).toBe(messageId);
  });

  it('give a message its own company, else that of its list', () => {
    expect(inOurNames({ companyId: 1 }, 2).companyId).toBe(1);
    expect(inOurNames({}, 2).companyId).toBe(2);
    expect(inOurNames({ companyId: null }, undefined).companyId).toBeUndefined();
  });

  it('have a type and metadata where the forwarder gave none', () => {
    expect(inOurNames({}, undefined)).toMatchObject({ type: 'text', metadata: {}, fromMe: false });
    expect(inOurNames({ type: null, metadata: null }, undefined)).toMatchObject({
      type: 'text',
      metadata: {},
    });
  });

  it('never take the thumbnail of a Venom photo for its text', () => {
    const photo = { type: 'image', isMedia: true, mimetype: 'image/jpeg', body: '/9j/4AAQSkZJRg==' };
    expect(inOurNames({ ...photo, caption: 'this one' }, undefined)).toMatchObject({
      message: 'this one',
      media: { mimeType: 'image/jpeg', caption: 'this one' },
    });
    expect(inOurNames(photo, undefined)).toMatchObject({ message: '' });
  });

  it('keep the references of media and leave what stands beside them', () => {
    const media = { url: 'u', id: 'i', mimeType: 'm', filename: 'f', caption: 'c', size: 1 };
    expect(inOurNames({ media: { ...media, base64: 'AAAA' } }, undefined).media).toEqual(media);
  });

  it('hand on what is no media, for the check to name', () => {
    expect(inOurNames({ media: 'photo' }, undefined).media).toBe('photo');
    expect(inOurNames({ media: null }, undefined).media).toBeUndefined();
  });

  it('take only a plain true for our own message', () => {
    expect(inOurNames({ fromMe: true }, undefined).fromMe).toBe(true);
    expect(inOurNames({ fromMe: 'false' }, undefined).fromMe).toBe(false);
  });
});

describe('an id', () => {
  it.each(['', ' ', 'null', 'undefined', '{{id}}', '${id}', '[object Object]', 0])(
    'that says %p is none',
    (id) => {
      for (const fields of [
        { id },
        { messageId: id },
        { id: { _serialized: id } },
        { id: { _serialized: `false_${PHONE}@c.us_${id}` } },
      ])
        expect(inOurNames(fields, undefined).messageId).toBeUndefined();
      expect(inOurNames({ messageId: id, id: '3EB0A1' }, undefined).messageId).toBe('3EB0A1');
    },
  );

  it('may be a number', () => {
    expect(inOurNames({ id: 5512345 }, undefined).messageId).toBe('5512345');
  });

  it.each([true, [], ['3EB0'], 'x'.repeat(1000)])('that cannot be read stays, to be named: %j', (id) => {
    expect(inOurNames({ id }, undefined).messageId).toBe(id);
  });
});
