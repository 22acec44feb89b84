import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ProblemException } from '@app/platform';
import { LivePage, type PageFile } from './live-page';

/** Nothing from other sites, nothing inline, and no other site's frame around it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The names of assets change with their content. */
const FOREVER = 'public, max-age=31536000, immutable';

/** The live page itself, which holds no data: whoever opens it still needs the key to see any. */
@ApiExcludeController()
@Controller('live')
export class LivePageController {
  constructor(private readonly page: LivePage) {}

  @Get()
  index(@Req() request: Request, @Res() response: Response): void {
    const { index } = this.page;
    // From there on what it loads would be sought one step too deep.
    if (request.path.endsWith('/')) {
      response.redirect(308, '../live');
      return;
    }
    if (index === null)
      throw new ProblemException(503, { detail: 'The page is not built. Run `npm run build`, and restart.' });
    response.setHeader('Content-Security-Policy', POLICY);
    send(request, response, index, 'no-cache');
  }

  @Get('assets/:file')
  asset(@Param('file') name: string, @Req() request: Request, @Res() response: Response): void {
    const file = this.page.asset(name);
    if (file === null)
      throw new ProblemException(404, { detail: 'The page has no such file: load it again.' });
    send(request, response, file, FOREVER);
  }
}

function send(request: Request, response: Response, file: PageFile, caching: string): void {
  const isPacked = request.acceptsEncodings('gzip') === 'gzip';
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', caching);
  response.setHeader('Vary', 'Accept-Encoding');
  if (isPacked) response.setHeader('Content-Encoding', 'gzip');
  response.end(isPacked ? file.packed : file.plain);
}
