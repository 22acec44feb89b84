import { ENGLISH, type Language, namesIn } from '@app/contracts';
import { RUSSIAN } from './ru-sentences';

describe('Russian', () => {
  it.each(Object.entries(RUSSIAN.sentences))(
    '%s asks for nothing that the server does not send',
    (code, text) => {
      const { [code]: english = '' }: Language['sentences'] = ENGLISH.sentences;
      expect(namesIn(english)).toEqual(expect.arrayContaining(namesIn(text)));
    },
  );

  it('has a word for each term and noun of the server’s', () => {
    expect(Object.keys(RUSSIAN.terms)).toEqual(expect.arrayContaining(Object.keys(ENGLISH.terms)));
    expect(Object.keys(RUSSIAN.nouns)).toEqual(Object.keys(ENGLISH.nouns));
  });

  it('has all forms of its nouns', () => {
    for (const forms of Object.values(RUSSIAN.nouns))
      expect(Object.keys(forms)).toEqual(['one', 'few', 'many', 'other']);
  });
});
