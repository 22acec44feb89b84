import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { lastValueFrom, throwError } from 'rxjs';
import { type Act, type AuditLog, StoreUnavailableError } from '@app/batching';
import { ProblemException } from '@app/platform';
import { Audited } from './audited.interceptor';

const REQUEST = { method: 'POST', route: { path: '/admin/pause' }, params: {}, query: {} };
const CALL = {
  switchToHttp: () => ({ getRequest: () => REQUEST }),
  getHandler: () => () => undefined,
} as unknown as ExecutionContext;

describe('an act that failed', () => {
  it.each([
    ['an outage of Redis', new StoreUnavailableError('no answer'), 503],
    ['a fault of ours', new TypeError('undefined is not a function'), 500],
    ['a refusal', new ProblemException(409, { detail: 'Redrive it again later.' }), 409],
  ])('is in the audit log with the status of its answer: %s', async (_, error, status) => {
    const kept: Act[] = [];
    const log = { keep: (act: Act) => Promise.resolve(kept.push(act)) } as unknown as AuditLog;
    const answer = new Audited(log, new Reflector()).intercept(CALL, {
      handle: () => throwError(() => error),
    });
    await expect(lastValueFrom(answer)).rejects.toBe(error);
    expect(kept).toMatchObject([{ what: 'POST /admin/pause', status }]);
  });
});
