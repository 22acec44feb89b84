import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { GATEWAYS } from '@app/gateways';
import { VERSION } from '@app/platform';
import { publicPath } from '../public-path';
import { ICON } from './icon';

/** Swagger's own name and picture would stand above ours. */
const WITHOUT_TOPBAR = '.swagger-ui .topbar { display: none }';

/**
 * Serves Swagger UI at `/docs` and the document behind it at `/docs-json`.
 *
 * @param publicUrl where the internet reaches this process; what is tried from the page goes below its path.
 */
export function serveDocs(app: INestApplication, publicUrl: string | null): void {
  const builder = new DocumentBuilder()
    .setTitle('Rapid-Fire')
    .setDescription('Turns the fragments people type into chat into one message before a bot answers.')
    .setVersion(VERSION)
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'x-webhook-secret', description: 'WEBHOOK_SECRET' },
      'webhook',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-api-key', description: 'ADMIN_API_KEY' }, 'admin');
  const path = publicPath(publicUrl);
  if (path !== '') builder.addServer(path, 'Through the proxy, by PUBLIC_URL');
  builder.addServer('/', 'This process itself');
  for (const { secretVariable, securityScheme } of GATEWAYS)
    builder.addSecurity(secretVariable, securityScheme);
  const config = builder.build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    customSiteTitle: 'Rapid-Fire · API',
    customfavIcon: ICON,
    customCss: WITHOUT_TOPBAR,
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true },
  });
}
