import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../openapi/problems';
import { AdminGuard } from './guards';

/** A controller for operators: behind `ADMIN_API_KEY`, and documented as such. */
export function AdminOnly(): ClassDecorator {
  return applyDecorators(
    ApiTags('operators'),
    ApiSecurity('admin'),
    ApiProblems(400, 401, 429, 503),
    UseGuards(AdminGuard),
  );
}
