import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** @typedef {import('@modelcontextprotocol/sdk/server/mcp.js').McpServer} McpServer */
/** @typedef {import('./system.mjs').System} System */

const phone = z
  .string()
  .describe('The customer: a phone in any spelling, or another id such as wa-lid:… or tg:…');
const companyId = z
  .string()
  .optional()
  .describe('The company whose customer it is; left out: none, or every company');

/**
 * Gives a server the tools of a system.
 *
 * @param {McpServer} server
 * @param {System} system
 */
export function offerTools(server, system) {
  server.registerTool(
    'send_message',
    {
      title: 'Send a message as a customer',
      description:
        'Posts a text as the customer would write it, through the real webhook: it joins the pending batch, or opens one, and the bot answers when the window is over. The bot’s answer is sent to this phone. Use it only for a phone that you may write to.',
      inputSchema: {
        phone,
        text: z.string().min(1).describe('One fragment, as the customer types it'),
        companyId,
        messageId: z.string().optional().describe('The same id twice is one message; left out: a new one'),
      },
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
    },
    ({ text, messageId = `mcp-${randomUUID()}`, ...rest }) =>
      result(system.call('POST', '/webhook/whatsapp/batched', {}, { ...rest, message: text, messageId })),
  );
  server.registerTool(
    'timeline',
    {
      title: 'What happened to a customer’s messages',
      description:
        'Fragments, batches, calls of the bot, replies, holds and what operators did, oldest first, with what is wrong and what mends it.',
      inputSchema: {
        phone,
        companyId,
        from: z.string().optional().describe('Nothing before this: ISO 8601, or ms since the epoch'),
        to: z.string().optional().describe('Nothing after this'),
      },
      annotations: { readOnlyHint: true },
    },
    ({ phone: customer, ...range }) =>
      result(system.call('GET', `/admin/conversations/${encodeURIComponent(customer)}/timeline`, range)),
  );
  server.registerTool(
    'pending',
    {
      title: 'What waits',
      description: 'One customer’s pending batch with its messages, or a page of all that wait.',
      inputSchema: {
        phone: phone.optional(),
        companyId,
        cursor: z.string().optional().describe('From the answer before, for the next page of all'),
      },
      annotations: { readOnlyHint: true },
    },
    ({ phone: customer, companyId: company, cursor }) =>
      customer === undefined
        ? result(system.call('GET', '/admin/batches', { companyId: company, cursor }))
        : result(
            system.call('GET', `/admin/batches/${encodeURIComponent(customer)}`, { companyId: company }),
          ),
  );
  server.registerTool(
    'flush',
    {
      title: 'Hand off now',
      description:
        'Makes a customer’s pending messages due at once: the bot gets them without waiting for silence.',
      inputSchema: { phone, companyId },
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
    },
    ({ phone: customer, companyId: company }) =>
      result(
        system.call('POST', `/admin/batches/${encodeURIComponent(customer)}/flush`, { companyId: company }),
      ),
  );
}

/**
 * An answer of the system as a tool's: what it refuses is an error that the caller can read.
 *
 * @param {Promise<{ ok: boolean, text: string }>} called
 * @returns {Promise<{ content: { type: 'text', text: string }[], isError: boolean }>}
 */
async function result(called) {
  const { ok, text } = await called;
  return { content: [{ type: 'text', text }], isError: !ok };
}
