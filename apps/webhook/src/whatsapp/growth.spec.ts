import { expectLinear, HOSTILE_TEXTS } from '../../../../test/support/growth';
import { readRequest } from './message.reader';

const FIELDS = {
  ...{ phone: '79001234567', message: 'a', messageId: 'm', timestamp: 1, type: 'text' },
  ...{ companyId: 1, metadata: {}, media: {}, author: '', fromMe: false },
};
const MEDIA = { url: '', id: '', mimeType: '', filename: '', caption: '', size: 1 };

it.each(Object.entries(HOSTILE_TEXTS))(
  '%s are read in a time that grows no faster than they',
  (_, textOf) => {
    expectLinear(
      (length) => {
        const text = textOf(length);
        const media = Object.fromEntries(Object.keys(MEDIA).map((part) => [part, text]));
        const spoilt = Object.keys(FIELDS).map((field) => ({ ...FIELDS, [field]: text }));
        return { messages: [...spoilt, { ...FIELDS, media, messageId: { _serialized: text } }] };
      },
      (body) => readRequest(body),
    );
  },
);

it('a text that a pattern of nested repetitions reads is noticed', () => {
  expect(() =>
    expectLinear(
      (length) => `false_${'@'.repeat(length / 40)}__`,
      // Cubic: 64 times as long for four times the length, which no busy machine brings down to nine.
      (text) => /^false_[^_]+@[^_]+@[^_]+_[^_]/.exec(text),
    ),
  ).toThrow();
});
