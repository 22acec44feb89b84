import { Body, Controller, Delete, Get, Inject, Param, Put, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import { isCompanyId } from '@app/contracts';
import { invalid, ProblemException } from '@app/platform';
import { nameOf, NO_COMPANY, RunTimeSettings, type Settings, SETTINGS } from '@app/settings';
import { AdminOnly } from '../access/admin-only';
import { operatorOf } from '../access/operators';
import { ApiProblems } from '../openapi/problems';
import { answerOf, CompanySettingsAnswer } from './company-settings.answer';
import { operatorLog } from './operator.log';

const ID = {
  name: 'id',
  example: '962302',
  description: 'The company; `-` stands for conversations without one.',
};

const EXAMPLES = {
  window: { summary: 'Another window', value: { window: { batchTimeout: 7000, maxMessagesPerMinute: 20 } } },
  off: { summary: 'The bot is switched off', value: { bot: 'off' } },
  policy: { summary: 'Another busy policy', value: { busyPolicy: 'supersede' } },
};

/** A company's settings while the processes run: over the environment and the companies file, in every process. */
@AdminOnly()
@Controller('admin/companies')
export class CompanySettingsController {
  constructor(
    private readonly runTime: RunTimeSettings,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get(':id/settings')
  @ApiOperation({ summary: 'What a company goes by, and where each value comes from.' })
  @ApiParam(ID)
  @ApiOkResponse({ type: CompanySettingsAnswer })
  read(@Param('id') id: string): CompanySettingsAnswer {
    return this.shown(companyOf(id));
  }

  @Put(':id/settings')
  @ApiOperation({
    summary:
      'Give a company its window, its busy policy, and whether its bot is called, in the place of what it was given before.',
    description: 'Names and rules are those of the companies file. Every process goes by it within a second.',
  })
  @ApiParam(ID)
  @ApiBody({ schema: { type: 'object' }, examples: EXAMPLES })
  @ApiOkResponse({ type: CompanySettingsAnswer })
  @ApiProblems(409)
  async give(
    @Req() request: Request,
    @Param('id') id: string,
    @Body() settings: unknown,
  ): Promise<CompanySettingsAnswer> {
    const company = companyOf(id);
    const by = operatorOf(request).name;
    const outcome = await this.runTime.give(company, { settings, at: Date.now(), by });
    if (outcome === 'too-many')
      throw new ProblemException(409, {
        detail: 'As many companies have settings at run time as may. Take some back first.',
      });
    if (outcome !== 'given')
      throw invalid(outcome.faults.map(({ path, problem }) => ({ field: nameOf(path), message: problem })));
    operatorLog.warn('Gave a company settings', { companyId: company, operator: by });
    return this.shown(company);
  }

  @Delete(':id/settings')
  @ApiOperation({ summary: 'Take back what a company was given: the environment and its file hold again.' })
  @ApiParam(ID)
  @ApiOkResponse({ type: CompanySettingsAnswer })
  @ApiProblems(404)
  async takeBack(@Req() request: Request, @Param('id') id: string): Promise<CompanySettingsAnswer> {
    const company = companyOf(id);
    if (!(await this.runTime.takeBack(company)))
      throw new ProblemException(404, { detail: 'Nothing was given to this company at run time.' });
    const { name: operator } = operatorOf(request);
    operatorLog.warn('Took back a company’s settings', { companyId: company, operator });
    return this.shown(company);
  }

  private shown(company: string): CompanySettingsAnswer {
    return answerOf(company, this.settings.companies.describe(company));
  }
}

/** @throws ProblemException 400 for a text that is no company. */
function companyOf(id: string): string {
  if (id === NO_COMPANY || isCompanyId(id)) return id;
  throw invalid([{ field: 'id', message: 'must be a company id, or - for conversations without one' }]);
}
