import type { Settings } from '@app/settings';
import { ReadSessions, SESSION_COOKIE, SESSION_MS } from './read-sessions';

const NOW = 1_700_000_000_000;

function sessionsWith(...adminKeys: string[]): ReadSessions {
  return new ReadSessions({ http: { adminKeys } } as unknown as Settings);
}

function requestWith(value: string): { headers: { cookie: string } } {
  return { headers: { cookie: `other=1; ${SESSION_COOKIE}=${value}; more=2` } };
}

describe('a read session', () => {
  const sessions = sessionsWith('key-1', 'key-2');
  const begun = sessions.begin(NOW);

  it('is known until it ends, by every process with the same keys', () => {
    expect(sessions.endOf(requestWith(begun), NOW)).toBe(NOW + SESSION_MS);
    expect(sessionsWith('key-1', 'key-2').endOf(requestWith(begun), NOW)).toBe(NOW + SESSION_MS);
    expect(sessions.endOf(requestWith(begun), NOW + SESSION_MS)).toBeNull();
  });

  it('ends with its keys', () => {
    expect(sessionsWith('key-1').endOf(requestWith(begun), NOW)).toBeNull();
    expect(sessionsWith().endOf(requestWith(begun), NOW)).toBeNull();
  });

  it.each([
    ['a longer life', begun.replace(String(NOW + SESSION_MS), String(NOW + 2 * SESSION_MS))],
    ['no signature', begun.split('.')[0] ?? ''],
    ['a part of its signature', begun.slice(0, -1)],
    ['nothing', ''],
  ])('cannot be made up: %s', (_, value) => {
    expect(sessions.endOf(requestWith(value), NOW)).toBeNull();
  });

  it('without keys is nobody’s', () => {
    const open = sessionsWith();
    expect(open.endOf(requestWith(open.begin(NOW)), NOW)).toBeNull();
  });
});
