import { STATUS_CODES } from 'node:http';
import { Catch } from '@nestjs/common';
import { ProblemFilter } from '@app/platform';
import { storeProblem } from '../store-problem';

const UNAVAILABLE = 503;

/** Answers a gateway that does not come again after 503 with the status after which it does. */
@Catch()
export class OutageFilter extends ProblemFilter {
  constructor(private readonly status: number) {
    super([storeProblem]);
  }

  override describe(error: unknown): ReturnType<ProblemFilter['describe']> {
    const { problem, retryAfterS } = super.describe(error);
    if (problem.status !== UNAVAILABLE) return { problem, retryAfterS };
    const title = STATUS_CODES[this.status] ?? problem.title;
    return { problem: { ...problem, status: this.status, title }, retryAfterS };
  }
}
