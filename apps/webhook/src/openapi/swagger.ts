import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '@app/platform';

/** Serves Swagger UI at `/docs` and the document behind it at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Rapid-Fire')
    .setDescription('Turns the fragments people type into chat into one message before a bot answers.')
    .setVersion(VERSION)
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'x-webhook-secret', description: 'WEBHOOK_SECRET' },
      'webhook',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-webhook-secret' }, 'WEBHOOK_SECRET')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-hub-signature-256' }, 'META_APP_SECRET')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-webhook-hmac' }, 'WAHA_HMAC_KEY')
    .addBearerAuth({ type: 'http', bearerFormat: 'JWT' }, 'EVOLUTION_JWT_KEY')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-api-key', description: 'ADMIN_API_KEY' }, 'admin')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true },
  });
}
