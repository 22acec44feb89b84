import { Inject, Injectable } from '@nestjs/common';
import { Aliases, type Appended, BatchService } from '@app/batching';
import { type Conversation, type IncomingMessage, memberIdOf } from '@app/contracts';
import { answering, type EventBase, type MessageEvent, wayToFile } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { incoming } from './incoming';
import { OwnReplies } from './own-replies';
import { Placement } from './placement';

/** Places a message and appends it: every route uses it, and answers in its own way. */
@Injectable()
export class MessageIntake {
  constructor(
    private readonly batches: BatchService,
    private readonly aliases: Aliases,
    private readonly placement: Placement,
    private readonly ownReplies: OwnReplies,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * @param direct due at once, together with what is pending.
   * @returns why it is not stored: it is a group's, and those are ignored; or a reply of ours that comes back as a customer's words.
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async append(event: MessageEvent, direct = false): Promise<Appended | 'group' | 'own-reply'> {
    const home = this.placement.of(event);
    if (home === null) return 'group';
    if (await this.isOwn(event, home)) return 'own-reply';
    const message = incoming(event);
    return this.batches.append(home, Object.assign(message, this.wordsOf(message, home)), direct);
  }

  /** Of a voice note without words: that they are awaited, or that nobody can fetch it. */
  private wordsOf(
    { text, media, source, messageId }: IncomingMessage,
    { companyId }: Conversation,
  ): Pick<IncomingMessage, 'awaitsWords' | 'transcript'> {
    if (this.settings.transcription.url === null || text !== '' || !isSound(media)) return {};
    const { gateway, account } = source;
    const sender = this.settings.companies.senderOf(companyId, answering(gateway)?.name ?? gateway, account);
    return wayToFile({ media, source, messageId }, sender) === null
      ? { transcript: { made: false, why: 'no-way' } }
      : { awaitsWords: true };
  }

  /** A bot that hears its own words would answer itself. Where we send nothing, nothing of ours can come back. */
  private async isOwn(event: MessageEvent, { companyId }: Conversation): Promise<boolean> {
    const answers = answering(event.gateway);
    const sender = answers && this.settings.companies.senderOf(companyId, answers.name, event.account);
    return sender !== null && (await this.ownReplies.find(event)) !== null;
  }

  /**
   * From now on messages for one id of a person belong to their phone's conversation.
   *
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async learnAliases(event: EventBase): Promise<void> {
    const learn = (alias: string, phone: string): Promise<number> =>
      this.aliases.learn(this.placement.with(event, alias), this.placement.with(event, phone));
    const { customer, sender, aliases } = event;
    const hasMembers = this.settings.gateways.groups === 'per-sender' && sender !== null;
    for (const { alias, phone } of aliases) {
      await learn(alias, phone);
      if (hasMembers && customer !== null)
        await learn(memberIdOf(customer, alias), memberIdOf(customer, phone));
    }
  }
}

function isSound(media: IncomingMessage['media']): boolean {
  return media?.type === 'voice' || media?.type === 'audio';
}
