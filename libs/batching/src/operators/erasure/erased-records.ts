import { Injectable } from '@nestjs/common';
import { BatchStore } from '../../store/batch-store';
import { TimelineRecorder } from '../../timeline/timeline.recorder';
import { unlink } from './key-scan';
import { People } from './people';
import type { Person } from './person';

/** What is written down about a person beside their messages: notes of the timeline, bodies that were not understood, aliases. */
@Injectable()
export class ErasedRecords {
  constructor(
    private readonly store: BatchStore,
    private readonly people: People,
    private readonly timeline: TimelineRecorder,
  ) {}

  /** Returns how many notes there were. */
  async forgetNotes(person: Person): Promise<number> {
    const forgotten = await Promise.all(
      [...person.ids].map((id) =>
        person.isOfEveryCompany
          ? this.timeline.erase(id)
          : this.timeline.eraseWhere(id, (note) => person.isIn(note)),
      ),
    );
    return forgotten.reduce((sum, notes) => sum + notes, 0);
  }

  /** Forgets which ids are the person's, and what the predecessor left of them; returns how many ids. */
  async forgetAliases(person: Person): Promise<number> {
    await unlink(this.store, await this.people.predecessorsOf(person));
    return this.people.forgetAliases(person);
  }

  /** Deletes the bodies that name the person; returns how many. */
  async forgetUnreadable(person: Person): Promise<number> {
    const { unreadable } = this.store.partitions.home;
    return this.store.commands(async (redis) => {
      const entries = await redis.xrange(unreadable, '-', '+');
      const theirs = entries.filter(([, fields]) => person.isMentioned(fields.join(' '))).map(([id]) => id);
      return theirs.length === 0 ? 0 : redis.xdel(unreadable, ...theirs);
    });
  }
}
