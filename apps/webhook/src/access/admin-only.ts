import { applyDecorators, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiSecurity, ApiTags } from '@nestjs/swagger';
import { JsonBody } from '@app/platform';
import { ApiProblems } from '../openapi/problems';
import { DeclaredQueryGuard } from './declared-query.guard';
import { AdminGuard } from './guards';

/** A controller for operators: behind `ADMIN_API_KEY`, strict about what it is asked, and documented as such. */
export function AdminOnly(): ClassDecorator {
  return applyDecorators(
    ApiTags('operators'),
    ApiSecurity('admin'),
    ApiProblems(400, 401, 429, 503),
    UseGuards(AdminGuard, DeclaredQueryGuard),
    UseInterceptors(JsonBody),
  );
}
