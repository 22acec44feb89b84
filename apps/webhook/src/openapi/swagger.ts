import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { GATEWAYS } from '@app/gateways';
import { VERSION } from '@app/platform';

/** Serves Swagger UI at `/docs` and the document behind it at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  const builder = new DocumentBuilder()
    .setTitle('Rapid-Fire')
    .setDescription('Turns the fragments people type into chat into one message before a bot answers.')
    .setVersion(VERSION)
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'x-webhook-secret', description: 'WEBHOOK_SECRET' },
      'webhook',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-api-key', description: 'ADMIN_API_KEY' }, 'admin');
  for (const { secretVariable, securityScheme } of GATEWAYS)
    builder.addSecurity(secretVariable, securityScheme);
  const config = builder.build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true },
  });
}
