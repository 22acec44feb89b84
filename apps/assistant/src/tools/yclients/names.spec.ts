import { isCalled } from './names';

describe('isCalled', () => {
  it.each([
    ['Бари', 'Бари'],
    ['Бари', 'бари'],
    ['Сергей', 'Сергею'],
    ['Сергей Иванов', 'Сергею'],
    ['Алёна', 'Алене'],
    ['Стрижка мужская', 'стрижку'],
    ['Стрижка мужская', 'мужскую стрижку'],
    ['Anna', 'anna'],
  ])('%s is meant by “%s”', (name, words) => expect(isCalled(name, words)).toBe(true));

  it.each([
    ['Бари', 'Борис'],
    ['Сергей', 'Семён'],
    ['Стрижка мужская', 'стрижка детская'],
    ['Окрашивание', ''],
    ['Окрашивание', '?!'],
  ])('%s is not meant by “%s”', (name, words) => expect(isCalled(name, words)).toBe(false));
});
