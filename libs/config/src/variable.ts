import type { Role } from './role';

/** What may be said of a variable besides its meaning and its check. */
export interface VariableOptions {
  /** What holds where it is not set, if that depends on something else. */
  otherwise?: string;
  /** What `.env.example` shows where there is no default. */
  example?: string;
  /** How it is shown to operators: whole, or each of its items in a form that hides what is secret. A text that says nothing is masked. */
  shown?: 'whole' | ((item: string) => string);
  /** The roles whose processes must have the same value; those that differ are reported. */
  sharedBy?: 'all' | readonly Role[];
  /** The value as it is compared; the same text for what has the same effect. */
  sharedAs?: (value: never) => string;
  /** Where an entry of the companies file has a value of its own for it: `window.batchTimeout`; without it, no company has. */
  company?: string;
}

/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a decorator declares. */
export interface Declaration extends VariableOptions {
  /** One plain sentence. Markdown links are understood. */
  meaning: string;
  /** Unit and range, or the texts that are accepted. */
  accepted: string;
  /** What is accepted where its value has a type, as in a file. */
  schema: Schema;
  isBytes?: boolean;
}

/** A variable of the environment, as its declaration has it. */
export interface Variable extends Declaration {
  name: string;
  /** The group that it belongs to. */
  group: string;
  /** Undefined where it has none. */
  standard: unknown;
}

/** A class whose properties are variables, with their defaults. */
export type VariablesClass<Env extends object = object> = new () => Env;

const DECLARED = new WeakMap<object, Map<string, Declaration>>();

/** Notes what a variable means, beside the property that holds its default. */
export function Declared(declaration: Declaration): PropertyDecorator {
  return (prototype, property) => {
    const ofClass = DECLARED.get(prototype) ?? new Map<string, Declaration>();
    DECLARED.set(prototype, ofClass.set(String(property), declaration));
  };
}

/** The names of a class's variables, in their order. */
export function namesOf(declared: VariablesClass): string[] {
  return [...(DECLARED.get(declared.prototype as object)?.keys() ?? [])];
}

/** The variables of a class, in their order. */
export function variablesOf(group: string, declared: VariablesClass): Variable[] {
  const standards = new declared() as Record<string, unknown>;
  return [...(DECLARED.get(declared.prototype as object) ?? [])].map(([name, declaration]) => ({
    ...declaration,
    name,
    group,
    standard: standards[name],
  }));
}
