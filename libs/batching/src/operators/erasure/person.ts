import { type Conversation, memberOf, parseConversationId } from '@app/contracts';

/** A person, by all ids under which they are known, as far as an erasure is about them. */
export class Person {
  private readonly mentioned: RegExp;

  constructor(
    readonly ids: ReadonlySet<string>,
    /** Only what belongs to this company; null: to any. */
    private readonly companyId: string | null,
  ) {
    const names = [...ids].map((id) => id.slice(id.lastIndexOf(':') + 1).replace(/[^\w]/g, '\\$&'));
    this.mentioned = new RegExp(`(?<![A-Za-z\\d])(?:${names.join('|')})(?![A-Za-z\\d])`);
  }

  get isOfEveryCompany(): boolean {
    return this.companyId === null;
  }

  /** True for a conversation with them, also one that they have as a member of a group. */
  isIn(conversationId: string): boolean {
    const conversation = parseConversationId(conversationId);
    return this.isOfCompany(conversation) && this.isThem(conversation);
  }

  /** True for a conversation with them, of whichever company. */
  isThem({ customer }: Conversation): boolean {
    return this.ids.has(customer) || this.ids.has(memberOf(customer) ?? '');
  }

  /** True if a text names them, in whatever spelling of a phone. */
  isMentioned(text: string): boolean {
    return this.mentioned.test(text) || this.mentioned.test(text.replace(/(?<=\d)[\s().-]+(?=[\d(])/g, ''));
  }

  private isOfCompany({ companyId }: Conversation): boolean {
    return this.companyId === null || String(companyId ?? '') === this.companyId;
  }
}
