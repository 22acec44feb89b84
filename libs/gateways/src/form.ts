import { isJsonObject, textOf } from './json/json';

/** Correlates the answers with the form that was sent; nobody wrote it. */
const TOKEN = 'flow_token';

/**
 * What a customer answered in a form, out of the JSON text that it comes as; null where it is none.
 *
 * Beside it stands a title such as `Sent`, in the words of WhatsApp and not of the customer.
 */
export function formText(json: unknown): string | null {
  const answers = parsed(json);
  if (!isJsonObject(answers)) return null;
  const lines = Object.entries(answers)
    .filter(([name, value]) => name !== TOKEN && value != null && value !== '')
    .map(([name, value]) => `${name}: ${textOf(value) ?? JSON.stringify(value)}`);
  return lines.length > 0 ? lines.join('\n') : null;
}

/** The value of a JSON text; null where it is no text, or no JSON. */
export function parsed(json: unknown): unknown {
  if (typeof json !== 'string') return null;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}
