import type { Settings } from '@app/settings';

/** Who answers customers, by who it is. */
const BOTS = {
  url: 'the one at BOT_URL',
  assistant: 'the assistant, with the model of AI_URL',
  companies: 'that of each company in COMPANIES_FILE',
  none: 'none: merged messages are printed; set BOT_URL',
} as const;

/** Who answers customers. @param withAssistant the assistant runs beside. */
export function botOf(settings: Pick<Settings, 'bot' | 'isAny'>, withAssistant: boolean): keyof typeof BOTS {
  if (withAssistant) return 'assistant';
  if (settings.bot.url !== null) return 'url';
  return settings.isAny(({ bot }) => bot.url !== null) ? 'companies' : 'none';
}

/** The text for a person who has just started the whole system. */
export function welcome(url: string, embeddedRedisUrl: string | null, bot: keyof typeof BOTS): string {
  const base = url
    .replace('[::1]', 'localhost')
    .replace('127.0.0.1', 'localhost')
    .replace('[::]', 'localhost');
  return `
  Rapid-Fire is running.

    Try it     ${base}/live
    Messages   POST ${base}/webhook/whatsapp/batched
    API        ${base}/docs
    Health     ${base}/health/ready
    Bot        ${BOTS[bot]}
    Redis      ${embeddedRedisUrl ?? 'the one in your settings'}

  Send a fragment or two, then wait for the silence to end:

    curl -X POST ${base}/webhook/whatsapp/batched -H 'content-type: application/json' \\
      -d '{"phone": "+79001234567", "message": "Запишите на стрижку меня", "companyId": 962302}'

  Or watch a recorded conversation: npm run demo

`;
}
