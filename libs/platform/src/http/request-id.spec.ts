import { setImmediate } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { currentRequestId, requestId } from './request-id';

/** Lets a request through; resolves with the id in its answer, and the id seen later in its handling. */
function pass(header?: string): Promise<[answered: string, seen: string | undefined]> {
  return new Promise((resolve, reject) => {
    let answered = '';
    const response = { setHeader: (_: string, id: string) => (answered = id) } as unknown as Response;
    requestId({ headers: { 'x-request-id': header } } as unknown as Request, response, () => {
      setImmediate().then(() => resolve([answered, currentRequestId()]), reject);
    });
  });
}

describe('the id of a request', () => {
  it('is the one that it came with', async () => {
    expect(await pass('gateway-7:42')).toEqual(['gateway-7:42', 'gateway-7:42']);
  });

  it.each([undefined, '', 'two words', 'line\nbreak', 'x'.repeat(129)])(
    'is ours instead of %j',
    async (header) => {
      const [answered, seen] = await pass(header);
      expect(answered).toMatch(/^[0-9a-f-]{36}$/);
      expect(seen).toBe(answered);
    },
  );

  it('is never another request’s', async () => {
    const all = await Promise.all(['a', 'b', 'c'].map(pass));
    expect(all.map(([, seen]) => seen)).toEqual(['a', 'b', 'c']);
    expect(currentRequestId()).toBeUndefined();
  });
});
