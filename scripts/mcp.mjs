import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installDependencies } from './setup/dependencies.mjs';
import { readEnvironment, secretIn } from './setup/environment.mjs';
import { inRoot, runScript, SetupError } from './setup/steps.mjs';

const HELP = `Serves a running system to an assistant, by the Model Context Protocol on standard input and output.

  npm run -s mcp -- [options]

  --url URL     the system (default RAPID_FIRE_URL, else http://localhost:3000, or PORT)
  --key KEY     an operator's key (default RAPID_FIRE_KEY, else the first of ADMIN_API_KEY)
  --secret S    the webhook's secret, for send_message (default RAPID_FIRE_SECRET, else the first of WEBHOOK_SECRET)

Tools: send_message, timeline, pending, flush. See docs/mcp.md.
`;

await runScript(async () => {
  const {
    PORT = '3000',
    ADMIN_API_KEY = '',
    WEBHOOK_SECRET = '',
    RAPID_FIRE_URL = `http://localhost:${PORT}`,
    RAPID_FIRE_KEY = secretIn(ADMIN_API_KEY),
    RAPID_FIRE_SECRET = secretIn(WEBHOOK_SECRET),
  } = readEnvironment();
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: RAPID_FIRE_URL },
      key: { type: 'string', default: RAPID_FIRE_KEY },
      secret: { type: 'string', default: RAPID_FIRE_SECRET },
      help: { type: 'boolean', default: false },
    },
  });
  // Standard output is the protocol's from here on.
  if (values.help) return console.error(HELP);
  if (!/^https?:$/.test(URL.canParse(values.url) ? new URL(values.url).protocol : ''))
    throw new SetupError('--url must be an address such as http://localhost:3000.');
  // What is there stays: the system that is served may run from it.
  if (!existsSync(inRoot('node_modules', '@modelcontextprotocol', 'sdk'))) await installDependencies();
  const [{ McpServer }, { StdioServerTransport }, { offerTools }, { System }] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/mcp.js'),
    import('@modelcontextprotocol/sdk/server/stdio.js'),
    import('./mcp/tools.mjs'),
    import('./mcp/system.mjs'),
  ]);
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const server = new McpServer({ name: 'rapid-fire', version });
  offerTools(server, new System(values.url, values));
  await server.connect(new StdioServerTransport());
});
