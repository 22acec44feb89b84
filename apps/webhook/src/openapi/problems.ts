import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { problemExamples } from './problem.examples';

/** An error answer, `application/problem+json`, RFC 9457. */
export class Problem {
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  @ApiProperty({ example: 'Bad Request' })
  title!: string;

  @ApiProperty({ example: 400 })
  status!: number;

  @ApiPropertyOptional({ example: 'Not valid: phone, message.' })
  detail?: string;

  @ApiPropertyOptional({
    example: [{ field: 'phone', message: 'must be a phone number of 5 to 15 digits or a chat id' }],
  })
  errors?: { field: string; message: string }[];
}

/** Documents the error answers of a route or a controller. */
export function ApiProblems(...statuses: number[]): ClassDecorator & MethodDecorator {
  const schema = { $ref: getSchemaPath(Problem) };
  return applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: STATUS_CODES[status] ?? '',
        content: { 'application/problem+json': { schema, examples: problemExamples(status) } },
      }),
    ),
  );
}
