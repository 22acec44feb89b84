import { isJsonObject, textOf } from './json/json';

/** Correlates the answers with the form that was sent; no person wrote it. */
const TOKEN = 'flow_token';

/**
 * A customer's answers in a form, from the JSON text in which they arrive; null if it is none.
 *
 * The title next to it, such as `Sent`, is WhatsApp's text and not the customer's.
 */
export function formText(json: unknown): string | null {
  const answers = parsed(json);
  if (!isJsonObject(answers)) return null;
  const lines = Object.entries(answers)
    .filter(([name, value]) => name !== TOKEN && value != null && value !== '')
    .map(([name, value]) => `${name}: ${textOf(value) ?? JSON.stringify(value)}`);
  return lines.length > 0 ? lines.join('\n') : null;
}

/** The value of a JSON text; null if it is no text, or no JSON. */
export function parsed(json: unknown): unknown {
  if (typeof json !== 'string') return null;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}
