import { habitIn } from './habit';

it('reads a habit from the reason of a window, and no other reason for one', () => {
  expect(habitIn('max: split 5 of the last 9 turns')).toEqual({ level: 'max', splits: 5, turns: 9 });
  expect(habitIn('by type')).toBeNull();
  expect(habitIn('fixed')).toBeNull();
});
