import type { Request } from 'express';
import { isOneOf, presented } from './secrets';

const requestWith = (headers: Request['headers']): Request => ({ headers }) as Request;

describe('secrets', () => {
  it('are compared as a whole', () => {
    const secrets = ['first-secret', 'second-secret'];
    expect(isOneOf(secrets, 'first-secret')).toBe(true);
    expect(isOneOf(secrets, 'second-secret')).toBe(true);
    for (const near of ['', 'first', 'first-secret ', 'First-Secret', 'first-secretsecond-secret']) {
      expect(isOneOf(secrets, near)).toBe(false);
    }
    expect(isOneOf([], '')).toBe(false);
  });

  it('are read from a bearer’s authorization, however it is written, and from the headers named', () => {
    expect(presented(requestWith({ authorization: 'Bearer a' }))).toEqual(['a']);
    expect(presented(requestWith({ authorization: 'bearer a' }))).toEqual(['a']);
    const headers = { authorization: 'Bearer a', 'x-api-key': 'b', 'x-webhook-secret': 'c' };
    expect(presented(requestWith(headers), 'x-webhook-secret', 'x-api-key')).toEqual(['a', 'c', 'b']);
  });

  it('are read from nowhere else', () => {
    expect(presented(requestWith({ authorization: 'Basic a', 'x-other': 'b' }), 'x-api-key')).toEqual([]);
    expect(presented(requestWith({ authorization: 'Bearer ' }), 'x-api-key')).toEqual([]);
    expect(presented(requestWith({ 'set-cookie': ['a'] }), 'set-cookie')).toEqual([]);
  });
});
