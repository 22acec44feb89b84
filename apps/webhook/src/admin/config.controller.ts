import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import type { EffectiveVariable } from '@app/config';
import { VERSION } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { AdminOnly } from '../access/admin-only';

/** The settings of the process, masked. */
export class ConfigAnswer {
  @ApiProperty({ example: '0.1.0' })
  version!: string;

  @ApiProperty({ example: 'production' })
  environment!: string;

  @ApiProperty({
    example: [{ name: 'REDIS_URL', value: 'localhost:6379, database 0', source: '.env' }],
    description: 'Secrets as `set` or `not set`; `source`: shell, a file, program or default.',
  })
  variables!: readonly EffectiveVariable[];

  @ApiProperty({
    example: [],
    description: 'Variables for which a file has another value than the one in use.',
  })
  shadowed!: readonly string[];
}

/** Shows what a restart may not have picked up: `pm2 restart` keeps the old environment without a flag. */
@AdminOnly()
@Controller('admin/config')
export class ConfigController {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @Get()
  @ApiOperation({ summary: 'The effective configuration, masked.' })
  @ApiOkResponse({ type: ConfigAnswer })
  read(): ConfigAnswer {
    const { environment, effective } = this.settings;
    return { version: VERSION, environment, ...effective };
  }
}
