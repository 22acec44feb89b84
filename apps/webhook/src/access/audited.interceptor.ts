import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { catchError, concatMap, type Observable } from 'rxjs';
import { AuditLog } from '@app/batching';
import { customerIdOf } from '@app/contracts';
import { maskPhones, ProblemException } from '@app/platform';
import { operatorLog } from '../admin/operator.log';
import { storeProblem } from '../store-problem';
import { neededRole, operatorOf } from './operators';

const OF_PROGRAMS = Symbol('OF_PROGRAMS');

/** A call that a program makes for every batch: the audit log is for what people do, and would hold nothing else. */
export const CalledByPrograms = (): MethodDecorator => SetMetadata(OF_PROGRAMS, true);

/** A longer answer is cut in the log, characters. */
const MOST_SHOWN = 1_000;

/** Writes every act of an operator's into the audit log, also one that failed. A call that only reads is no act. */
@Injectable()
export class Audited implements NestInterceptor {
  constructor(
    private readonly log: AuditLog,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const isOfProgram = this.reflector.get<true | undefined>(OF_PROGRAMS, context.getHandler());
    if (isOfProgram || neededRole(context) === 'read') return next.handle();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await this.keep(request, http.getResponse<Response>().statusCode, answer);
        return answer;
      }),
      catchError(async (error: unknown) => {
        await this.keep(request, statusOf(error), detailOf(error));
        throw error;
      }),
    );
  }

  /** What was done is done: where it cannot be written down, the answer is the same, and the log says it. */
  private async keep(request: Request, status: number, result: unknown): Promise<void> {
    const { path } = request.route as { path: string };
    const act = {
      who: operatorOf(request).name,
      what: `${request.method} ${path}`,
      on: masked({ ...request.params, ...request.query }),
      status,
      result: maskedResult(result),
    };
    await this.log.keep(act).catch((error: unknown) => {
      operatorLog.error('An act could not be written into the audit log', { ...act, error: String(error) });
    });
  }
}

/** The parameters of a call by name, with enough of each customer to recognise them, and to search the logs. */
function masked(parameters: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [name, maskPhones((name === 'phone' ? customerIdOf(text) : null) ?? text).slice(0, MOST_SHOWN)];
    }),
  );
}

function maskedResult(result: unknown): unknown {
  // Only texts: a time is as long as a phone.
  const text = JSON.stringify(result ?? null, (_, value: unknown) =>
    typeof value === 'string' ? maskPhones(value) : value,
  );
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : (JSON.parse(text) as unknown);
}

function statusOf(error: unknown): number {
  // As the filter of problems answers it.
  return error instanceof HttpException ? error.getStatus() : (storeProblem(error)?.getStatus() ?? 500);
}

function detailOf(error: unknown): string | null {
  if (error instanceof ProblemException) return error.problem.detail;
  return error instanceof Error ? error.message : null;
}
