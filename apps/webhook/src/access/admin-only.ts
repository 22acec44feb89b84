import { applyDecorators, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiSecurity, ApiTags } from '@nestjs/swagger';
import { JsonBody } from '@app/platform';
import { ApiProblems } from '../openapi/problems';
import { Audited } from './audited.interceptor';
import { DeclaredQueryGuard } from './declared-query.guard';
import { AdminGuard } from './guards';

/**
 * A controller for operators: behind `ADMIN_API_KEY` and its roles, strict about what it is asked, with every act in the audit
 * log, and documented as such.
 */
export function AdminOnly(): ClassDecorator {
  return applyDecorators(
    ApiTags('operators'),
    ApiSecurity('admin'),
    ApiProblems(400, 401, 403, 429, 503),
    UseGuards(AdminGuard, DeclaredQueryGuard),
    UseInterceptors(Audited, JsonBody),
  );
}
