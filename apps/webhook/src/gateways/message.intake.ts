import { Inject, Injectable } from '@nestjs/common';
import { Aliases, type Appended, BatchService } from '@app/batching';
import { memberIdOf } from '@app/contracts';
import type { EventBase, MessageEvent } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { incoming } from './incoming';
import { Placement } from './placement';

/** Places a message and appends it: every route uses it, and answers in its own way. */
@Injectable()
export class MessageIntake {
  constructor(
    private readonly batches: BatchService,
    private readonly aliases: Aliases,
    private readonly placement: Placement,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * @param direct due at once, together with what is pending.
   * @returns null if the message is a group's and those are ignored.
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async append(event: MessageEvent, direct = false): Promise<Appended | null> {
    const home = this.placement.of(event);
    return home === null ? null : this.batches.append(home, incoming(event), direct);
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
