import { nearest } from './nearest';

const free = (...times: string[]): Parameters<typeof nearest>[0] =>
  times.map((time) => ({
    time,
    datetime: `2026-12-01T${time}:00+03:00`,
    lengthS: 3600,
    staff: { id: 1, name: 'A' },
  }));

describe('nearest', () => {
  it('offers the times around the one that was wanted, in the order of the day', () => {
    const found = nearest(free('10:00', '16:00', '17:00', '19:00', '20:00'), '18:00');
    expect(found.map(({ time }) => time)).toEqual(['16:00', '17:00', '19:00']);
  });

  it('offers nothing where nothing is free', () => expect(nearest([], '18:00')).toEqual([]));
});
