import { ApiProperty } from '@nestjs/swagger';
import { type CompanyDescription, type PlacedVariable, variablesAtRunTime } from '@app/settings';

const SOURCES = ['environment', 'companies-file', 'run-time'] as const;

type Source = (typeof SOURCES)[number];

/** One setting as it is in effect. */
export class CompanySettingAnswer {
  @ApiProperty({ example: 'window.batchTimeout', description: 'As an entry of the companies file has it.' })
  key!: string;

  @ApiProperty({ type: Object, nullable: true, example: 7000, description: 'Null: not set.' })
  value!: unknown;

  @ApiProperty({ enum: SOURCES, example: 'run-time', description: 'A default is the environment’s.' })
  source!: Source;
}

/** What operators have given a company at run time. */
export class RunTimeAnswer {
  @ApiProperty({
    type: Object,
    example: { window: { batchTimeout: 7000 }, bot: 'off' },
    description: 'Change it and send it back by PUT, which replaces all of it.',
  })
  settings!: unknown;

  @ApiProperty({ example: 1721737327000, description: 'ms since the epoch' })
  at!: number;

  @ApiProperty({ example: 'anna', description: 'The name of the operator’s key.' })
  by!: string;

  @ApiProperty({
    type: [String],
    example: [],
    description:
      'Why it does not fit what the environment and the companies file say now; then only `bot` of it is in effect.',
  })
  problems!: readonly string[];
}

/** What a company goes by. */
export class CompanySettingsAnswer {
  @ApiProperty({ example: '962302', description: '`-`: conversations without a company.' })
  companyId!: string;

  @ApiProperty({ example: true, description: 'True if the companies file names it.' })
  isNamed!: boolean;

  @ApiProperty({ type: [CompanySettingAnswer] })
  inEffect!: CompanySettingAnswer[];

  @ApiProperty({ type: RunTimeAnswer, nullable: true, description: 'Null: nothing.' })
  runTime!: RunTimeAnswer | null;

  @ApiProperty({
    example: '6f5a1b1c0a5d2f6a1d3a6a53b4d1c0de8c6a4b11',
    description:
      'Of `runTime`; also the `ETag`. As `If-Match` of PUT or DELETE it sees to it that nothing is lost that somebody else has changed meanwhile.',
  })
  version!: string;
}

/** @param company its id, or `-`. */
export function answerOf(company: string, description: CompanyDescription): CompanySettingsAnswer {
  const { isNamed, overlay, version } = description;
  const bot: CompanySettingAnswer = {
    key: 'bot',
    value: overlay?.isOff ? 'off' : 'on',
    source: overlay?.isOff || overlay?.overlaid?.bot ? 'run-time' : 'environment',
  };
  const values = variablesAtRunTime().map((placed) => settingOf(placed, description));
  const runTime = overlay && {
    settings: overlay.settings,
    at: overlay.at,
    by: overlay.by,
    problems: overlay.problems,
  };
  return { companyId: company, isNamed, inEffect: [...values, bot], runTime, version };
}

function settingOf(
  { key, variable: { name, schema } }: PlacedVariable,
  { env, given, overlay }: CompanyDescription,
): CompanySettingAnswer {
  const value = (env as unknown as Record<string, unknown>)[name] ?? null;
  const source = overlay?.overlaid?.given.includes(name)
    ? 'run-time'
    : given.includes(name)
      ? 'companies-file'
      : 'environment';
  return { key, value: schema.type === 'object' ? asMapping(value) : value, source };
}

/** A list of keys and numbers, as an entry has it. */
function asMapping(items: unknown): Record<string, number> {
  const pairs = (items as readonly string[]).map((item) => item.split(':') as [string, string]);
  return Object.fromEntries(pairs.map(([key, value]) => [key, Number(value)]));
}
