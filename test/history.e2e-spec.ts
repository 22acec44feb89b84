import type { MergedMessage } from '@app/contracts';
import type { Answer } from './support/http';
import { DIRECT, System } from './support/system';

const PHONE = '79001234567';
const OTHER = '79007654321';

describe('the history of batches handed off', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start();
    for (const [phone, message] of [
      [PHONE, 'first'],
      [OTHER, 'second'],
      [PHONE, 'third'],
    ] as const) {
      await system.post(DIRECT, { phone, message, companyId: 1 });
      // One at a time, for it is the hand-off's order that the history keeps.
      await system.nothingPending();
    }
  });

  afterAll(() => system.stop());

  const page = (query = ''): Promise<Answer> => system.send(`/admin/history${query}`);

  function textsOf({ body }: Answer): string[] {
    return (body.items as MergedMessage[]).map(({ text }) => text);
  }

  it('shows the merged messages as the bot got them, newest first', async () => {
    const answer = await page();

    expect(textsOf(answer)).toEqual(['third', 'second', 'first']);
    // Which batch a job waits for is the queue's concern, and no part of the message.
    const jobs = (await system.allJobs()).map(({ data }) => ({ ...data, follows: undefined }));
    expect(answer.body.items).toEqual(jobs.reverse());
    expect(answer.body.cursor).toBeNull();
  });

  it('shows one customer’s alone, in any spelling', async () => {
    expect(textsOf(await page(`?phone=${encodeURIComponent('+7 (900) 123-45-67')}`))).toEqual([
      'third',
      'first',
    ]);
  });

  it('goes on where the page before ended', async () => {
    const first = await page('?limit=2');
    const second = await page(`?limit=2&cursor=${String(first.body.cursor)}`);

    expect([textsOf(first), textsOf(second)]).toEqual([['third', 'second'], ['first']]);
    expect(second.body.cursor).toBeNull();
  });

  it.each([
    ['limit', '?limit=0'],
    ['limit', '?limit=101'],
    ['limit', '?limit=many'],
    ['cursor', '?cursor=yesterday'],
    ['cursor', '?cursor=0-0'],
    ['cursor', `?cursor=${'9'.repeat(20)}-1`],
    ['phone', '?phone=nobody'],
  ])('refuses a %s as in %s', async (field, query) => {
    const answer = await page(query);
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' });
    expect(answer.body.errors).toEqual([expect.objectContaining({ field })]);
  });
});
