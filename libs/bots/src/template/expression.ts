import jsonata from 'jsonata';

/**
 * Limits of one evaluation. An expression is the operator's own, but texts and answers are not: a loop over them must not
 * stop the process.
 */
const LIMITS = { timeout: 1_000, stack: 500 };

/** What an expression failed with, and where; never a value, which may be a customer's. */
export class ExpressionError extends Error {
  constructor(variable: string, cause: unknown) {
    const { code, position } = cause as { code?: string; position?: number };
    super(`${variable} fails: ${code ?? 'error'} at character ${position ?? 0} (https://docs.jsonata.org)`);
  }
}

/** A JSONata expression of the configuration. */
export class Expression {
  private readonly compiled: jsonata.Expression;

  /** @throws ExpressionError if it is none. */
  constructor(
    private readonly variable: string,
    text: string,
  ) {
    try {
      this.compiled = jsonata(text, LIMITS);
    } catch (error) {
      throw new ExpressionError(variable, error);
    }
  }

  /**
   * Plain JSON; undefined if it finds nothing.
   *
   * @throws ExpressionError
   */
  async of(input: unknown, bindings: Readonly<Record<string, unknown>>): Promise<unknown> {
    try {
      const found: unknown = await this.compiled.evaluate(input, { ...bindings });
      // Its lists have properties of their own, and its functions are no JSON.
      const json = JSON.stringify(found) as string | undefined;
      return json === undefined ? undefined : (JSON.parse(json) as unknown);
    } catch (error) {
      throw new ExpressionError(this.variable, error);
    }
  }
}

/** What is wrong with a text as an expression, without a word of it; null if nothing is. */
export function faultIn(text: string): string | null {
  try {
    jsonata(text);
    return null;
  } catch (error) {
    const { code, position } = error as { code?: string; position?: number };
    return `${code ?? 'error'} at character ${position ?? 0}`;
  }
}
