import { Body, Controller, Delete, Get, Headers, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { MOST_COMPANIES } from '@app/batching';
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

const IF_MATCH = {
  name: 'if-match',
  required: false,
  description: 'The `ETag` of what you have read: 412 if somebody has changed it meanwhile.',
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
  read(@Res({ passthrough: true }) response: Response, @Param('id') id: string): CompanySettingsAnswer {
    return this.shown(companyOf(id), response);
  }

  @Put(':id/settings')
  @ApiOperation({
    summary:
      'Give a company its window, its busy policy, and whether its bot is called, in the place of what it was given before.',
    description: 'Names and rules are those of the companies file. Every process goes by it within a second.',
  })
  @ApiParam(ID)
  @ApiHeader(IF_MATCH)
  @ApiBody({ schema: { type: 'object' }, examples: EXAMPLES })
  @ApiOkResponse({ type: CompanySettingsAnswer })
  @ApiProblems(409, 412)
  async give(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
    @Body() settings: unknown,
    @Headers('if-match') ifMatch?: string,
  ): Promise<CompanySettingsAnswer> {
    const company = companyOf(id);
    const by = operatorOf(request).name;
    const outcome = await this.runTime.give(company, { settings, at: Date.now(), by }, versionsIn(ifMatch));
    if (outcome === 'changed') throw changedMeanwhile();
    if (outcome === 'too-many')
      throw new ProblemException(409, {
        detail: `${MOST_COMPANIES} companies have settings at run time, which is the limit. Remove some first: DELETE /admin/companies/:id/settings.`,
      });
    if (outcome !== 'given')
      throw invalid(outcome.faults.map(({ path, problem }) => ({ field: nameOf(path), message: problem })));
    operatorLog.warn('Gave a company settings', { companyId: company, operator: by });
    return this.shown(company, response);
  }

  @Delete(':id/settings')
  @ApiOperation({ summary: 'Take back what a company was given: the environment and its file hold again.' })
  @ApiParam(ID)
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: CompanySettingsAnswer })
  @ApiProblems(404, 412)
  async takeBack(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<CompanySettingsAnswer> {
    // What somebody has written for no company, by hand, is to be removed all the same.
    const company = this.settings.companies.overlays.of(id) ? id : companyOf(id);
    const outcome = await this.runTime.takeBack(company, versionsIn(ifMatch));
    if (outcome === 'changed') throw changedMeanwhile();
    if (outcome === 'unknown')
      throw new ProblemException(404, { detail: 'Nothing was given to this company at run time.' });
    const { name: operator } = operatorOf(request);
    operatorLog.warn('Took back a company’s settings', { companyId: company, operator });
    return this.shown(company, response);
  }

  private shown(company: string, response: Response): CompanySettingsAnswer {
    const answer = answerOf(company, this.settings.companies.describe(company));
    response.setHeader('ETag', `"${answer.version}"`);
    return answer;
  }
}

/** A version is found in the header however it is quoted: a proxy that packs an answer makes its tag a weak one. */
function versionsIn(ifMatch = ''): string {
  return ifMatch.trim() === '*' ? '' : ifMatch;
}

function changedMeanwhile(): ProblemException {
  return new ProblemException(412, {
    detail:
      'Somebody has changed these settings since you read them. Read them again, and make your change to what they are now.',
  });
}

/** @throws ProblemException 400 for a text that is no company. */
function companyOf(id: string): string {
  if (id === NO_COMPANY || isCompanyId(id)) return id;
  throw invalid([{ field: 'id', message: 'must be a company id, or - for conversations without one' }]);
}
