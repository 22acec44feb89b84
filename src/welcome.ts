/** The text for a person who has just started the whole system. */
export function welcome(url: string, embeddedRedisUrl: string | null, hasBot: boolean): string {
  const base = url
    .replace('[::1]', 'localhost')
    .replace('127.0.0.1', 'localhost')
    .replace('[::]', 'localhost');
  return `
  Rapid-Fire is running.

    Try it     ${base}/live
    Messages   POST ${base}/webhook/whatsapp/batched
    Calls      ${base}/docs
    Health     ${base}/health/ready
    Bot        ${hasBot ? 'the one at BOT_URL' : 'none: merged messages are printed; set BOT_URL'}
    Redis      ${embeddedRedisUrl ?? 'the one in your settings'}

  Send a fragment or two, then wait for the silence to end:

    curl -X POST ${base}/webhook/whatsapp/batched -H 'content-type: application/json' \\
      -d '{"phone": "+79001234567", "message": "Запишите на стрижку меня", "companyId": 962302}'

  Or watch a recorded conversation: npm run demo

`;
}
