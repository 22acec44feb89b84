import { placed } from './labels';

describe('labels', () => {
  it('stand to the right of their points', () => {
    expect(placed([{ x: 100, y: 100, text: '9 s' }])).toEqual([{ x: 113, y: 104, anchor: 'start' }]);
  });

  it('cover neither a point nor each other', () => {
    const crowd = [0, 15, 30].map((dx) => ({ x: 100 + dx, y: 100, text: '1.5 → 9 s' }));
    const labels = placed(crowd);
    expect(new Set(labels.map(({ y, anchor }) => `${y} ${anchor}`)).size).toBe(3);
  });

  it('stand to the right where nothing is free', () => {
    const heap = Array.from({ length: 20 }, () => ({ x: 100, y: 100, text: '9 s' }));
    expect(placed(heap).at(-1)).toEqual({ x: 113, y: 104, anchor: 'start' });
  });
});
