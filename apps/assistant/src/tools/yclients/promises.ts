import { Logger } from '@nestjs/common';
import type { ActOutcome } from '../act-outcome';
import type { Bookings } from './bookings';
import { nearest } from './nearest';
import type { PlannedBooking } from './planned';
import type { Salon, Service, Staff } from './salon';
import { sentencesFor } from './sentences';
import { YClientsError } from './yclients-error';

/** What a slot in the calendar is wanted for. */
interface Slot {
  service: Pick<Service, 'id' | 'title'>;
  staff: Staff;
  date: string;
  time: string;
  words: string;
}

/** Keeps what committed answers promised, or says in the customer's language why it cannot be. */
export class Promises {
  private readonly logger = new Logger('YClients');

  constructor(
    private readonly salon: Salon,
    private readonly bookings: Bookings,
  ) {}

  /** @throws YClientsError if YClients cannot be asked now. */
  async book(planned: PlannedBooking, key: string): Promise<ActOutcome> {
    const { staff, service, datetime, lengthS, phone, customerName } = planned;
    return this.unlessRefused(planned, () =>
      this.bookings.create(
        { staffId: staff.id, serviceId: service.id, datetime, lengthS, phone, name: customerName },
        key,
      ),
    );
  }

  /** @throws YClientsError if YClients cannot be asked now. */
  async move(recordId: number, slot: Slot & { datetime: string; lengthS: number }): Promise<ActOutcome> {
    const { staff, datetime, lengthS } = slot;
    return this.unlessRefused(slot, () =>
      this.bookings.move(recordId, { staffId: staff.id, datetime, lengthS }),
    );
  }

  /** @throws YClientsError if YClients cannot be asked now. */
  async cancel(recordId: number): Promise<ActOutcome> {
    await this.bookings.cancel(recordId);
    return { kind: 'done' };
  }

  /** A refusal becomes a sentence for the customer and a line for the operator. */
  private async unlessRefused(slot: Slot, act: () => Promise<unknown>): Promise<ActOutcome> {
    try {
      await act();
      return { kind: 'done' };
    } catch (error) {
      if (!(error instanceof YClientsError) || !error.isRefusal) throw error;
      const { service, staff, date, time, words } = slot;
      this.logger.warn('YClients refused', {
        status: error.status,
        reason: error.message,
        staffId: staff.id,
        date,
        time,
      });
      const free = await this.salon.freeTimes(staff, service, date);
      const isFree = free.some((each) => each.time === time);
      const sentences = sentencesFor(words);
      return {
        kind: 'refused',
        reply: isFree ? sentences.impossible() : sentences.taken(time, nearest(free, time)),
      };
    }
  }
}
