import type { ExecutionContext } from '@nestjs/common';
import { SecretGuard } from './secret.guard';

function requestWith(headers: Record<string, string>): ExecutionContext {
  return { switchToHttp: () => ({ getRequest: () => ({ headers }) }) } as unknown as ExecutionContext;
}

class Failures {
  counted = 0;

  count(): Promise<void> {
    this.counted += 1;
    return Promise.resolve();
  }
}

describe('a guard with secrets', () => {
  const failures = new Failures();
  const guard = new SecretGuard(['secret-one', 'secret-two'], 'ADMIN_API_KEY', failures);
  beforeEach(() => (failures.counted = 0));

  it.each([
    { 'x-api-key': 'secret-one' },
    { 'x-webhook-secret': 'secret-two' },
    { authorization: 'Bearer secret-two' },
    { authorization: 'Bearer wrong', 'x-api-key': 'secret-one' },
  ])('admits a request that presents one of them: %j', async (headers) => {
    await expect(guard.canActivate(requestWith(headers))).resolves.toBe(true);
    expect(failures.counted).toBe(0);
  });

  it.each<Record<string, string>>([{ 'x-api-key': 'secret' }, { authorization: 'Bearer secret-one ' }])(
    'refuses and counts a wrong one: %j',
    async (headers) => {
      await expect(guard.canActivate(requestWith(headers))).rejects.toMatchObject({ status: 401 });
      expect(failures.counted).toBe(1);
    },
  );

  it('refuses a request without one, and counts nothing: it has guessed nothing', async () => {
    await expect(guard.canActivate(requestWith({}))).rejects.toMatchObject({ status: 401 });
    expect(failures.counted).toBe(0);
  });

  it('never says which secret it wanted, only where it is set', async () => {
    await expect(guard.canActivate(requestWith({}))).rejects.toMatchObject({
      problem: { detail: 'This needs the secret that ADMIN_API_KEY holds.' },
    });
  });
});

it('a guard without secrets lets everybody in', async () => {
  await expect(new SecretGuard([], 'ADMIN_API_KEY').canActivate(requestWith({}))).resolves.toBe(true);
});
