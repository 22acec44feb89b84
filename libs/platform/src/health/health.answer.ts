import { ApiProperty } from '@nestjs/swagger';

/** The process lives. */
export class LiveAnswer {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

const PARTS = { type: 'object', additionalProperties: { type: 'object' } } as const;
const UP = { process: { status: 'up' }, redis: { status: 'up' } };

class PartsAnswer {
  @ApiProperty({
    ...PARTS,
    example: { ...UP, processes: { status: 'up', degraded: false, findings: [] } },
    description: 'Each part by its name; with the admin key, or without one, in full.',
  })
  details!: Record<string, object>;

  @ApiProperty({ ...PARTS, example: UP, description: 'The parts that are up.' })
  info!: Record<string, object>;
}

/** The process can serve. */
export class ReadyAnswer extends PartsAnswer {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';

  @ApiProperty({ ...PARTS, example: {}, description: 'Empty.' })
  error!: Record<string, object>;
}

/** A part is down. */
export class UnreadyAnswer extends PartsAnswer {
  @ApiProperty({ enum: ['error', 'shutting_down'] })
  status!: 'error' | 'shutting_down';

  @ApiProperty({
    ...PARTS,
    example: { redis: { status: 'down', message: 'Redis does not answer' } },
    description: 'The parts that are down, with the reason.',
  })
  error!: Record<string, object>;
}
