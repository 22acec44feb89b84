import { adminKeyOf, hasSharedSecret, isWrongAdminKey } from './admin-keys';

describe('the keys of operators', () => {
  it('have a name and a role; a secret alone is that of an operator who may act', () => {
    expect(adminKeyOf('anna:read:a-secret-1')).toEqual({ name: 'anna', role: 'read', secret: 'a-secret-1' });
    expect(adminKeyOf('night-shift:operate:a:b:c:d:e')).toMatchObject({ secret: 'a:b:c:d:e' });
    expect(adminKeyOf('a-secret-1')).toEqual({ name: 'operator', role: 'operate', secret: 'a-secret-1' });
    expect(adminKeyOf('a:secret')).toMatchObject({ name: 'operator', secret: 'a:secret' });
  });

  it.each(['anna:admin:a-secret-1', 'anna:read:short', 'anna:operate:'])('are wrong: %s', (entry) => {
    expect(isWrongAdminKey(entry)).toBe(true);
  });

  it.each(['anna:read:a-secret-1', 'a-secret-1', 'a:secret-1', 'Zm9v+/=:x'])('are not wrong: %s', (entry) => {
    expect(isWrongAdminKey(entry)).toBe(false);
  });

  it('are not shared: the log would name the wrong person', () => {
    expect(hasSharedSecret(['a-secret-1', 'anna:read:a-secret-1'])).toBe(true);
    expect(hasSharedSecret(['a-secret-1', 'anna:read:a-secret-2'])).toBe(false);
  });
});
