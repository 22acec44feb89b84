import { z } from 'zod';
import { YClientsError } from './yclients-error';
import type { YClientsClient } from './yclients.client';

const record = z.object({
  id: z.coerce.number().int(),
  staff_id: z.coerce.number().int().optional(),
  staff: z.object({ id: z.coerce.number().int(), name: z.string() }).partial().nullish(),
  services: z.array(z.object({ id: z.coerce.number().int(), title: z.string().optional() })),
  datetime: z.string(),
  seance_length: z.number(),
  api_id: z.coerce.string().nullish(),
  deleted: z.boolean().optional(),
  client: z.object({ phone: z.string().optional(), name: z.string().optional() }).nullish(),
});
const records = z.array(record);
const clients = z.array(z.object({ id: z.coerce.number().int() }));

export type YClientsRecord = z.infer<typeof record>;

/** A booking that is to be made. */
export interface NewBooking {
  /** Never left out, and never by its position: a booking without somebody who performs it is impossible. */
  staffId: number;
  serviceId: number;
  /** ISO 8601, from `FreeTime`. */
  datetime: string;
  lengthS: number;
  phone: string;
  name: string;
}

/** Makes, moves and cancels bookings, each once however often it is asked to. */
export class Bookings {
  constructor(private readonly client: YClientsClient) {}

  /**
   * @param key of the promise; the booking carries it as `api_id`, so a second try finds the first one's.
   * @throws YClientsError
   */
  async create(booking: NewBooking, key: string): Promise<YClientsRecord> {
    const made = await this.madeUnder(key, booking);
    if (made) return made;
    const body = {
      staff_id: booking.staffId,
      services: [{ id: booking.serviceId }],
      client: { phone: booking.phone, name: booking.name },
      datetime: booking.datetime,
      seance_length: booking.lengthS,
      save_if_busy: false,
      send_sms: false,
      api_id: key,
    };
    return this.client.post(`/records/${this.client.companyId}`, record, body);
  }

  /** Asked for again, it is there already. @throws YClientsError */
  async move(recordId: number, to: { staffId: number; datetime: string; lengthS: number }): Promise<void> {
    const path = `/record/${this.client.companyId}/${recordId}`;
    const now = await this.client.get(path, record);
    await this.client.put(path, record, {
      staff_id: to.staffId,
      services: now.services.map(({ id }) => ({ id })),
      client: { phone: now.client?.phone ?? '', name: now.client?.name ?? '' },
      datetime: to.datetime,
      seance_length: to.lengthS,
      save_if_busy: false,
      send_sms: false,
      ...(now.api_id && { api_id: now.api_id }),
    });
  }

  /** What is gone is cancelled. @throws YClientsError */
  async cancel(recordId: number): Promise<void> {
    try {
      await this.client.delete(`/record/${this.client.companyId}/${recordId}`);
    } catch (error) {
      if (!(error instanceof YClientsError) || error.status !== 404) throw error;
    }
  }

  /** The bookings of a customer from a day on, soonest first. @param from `2026-11-29` */
  async of(phone: string, from: string, signal?: AbortSignal): Promise<YClientsRecord[]> {
    const search = {
      page: 1,
      page_size: 10,
      fields: ['id'],
      filters: [{ type: 'quick_search', state: { value: phone } }],
    };
    const path = `/company/${this.client.companyId}/clients/search`;
    const [found] = await this.client.post(path, clients, search, signal);
    if (!found) return [];
    const query = { client_id: found.id, start_date: from, count: 50 };
    const theirs = await this.client.get(`/records/${this.client.companyId}`, records, query, signal);
    return theirs
      .filter(({ deleted }) => deleted !== true)
      .sort((a, b) => a.datetime.localeCompare(b.datetime));
  }

  private async madeUnder(key: string, { staffId, datetime }: NewBooking): Promise<YClientsRecord | null> {
    const day = datetime.slice(0, 10);
    const query = { staff_id: staffId, start_date: day, end_date: day, count: 300 };
    const found = await this.client.get(`/records/${this.client.companyId}`, records, query);
    return found.find((each) => each.api_id === key && each.deleted !== true) ?? null;
  }
}
