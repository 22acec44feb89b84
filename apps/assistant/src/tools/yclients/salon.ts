import { z } from 'zod';
import { isCalled } from './names';
import type { YClientsClient } from './yclients.client';

/** YClients writes ids as numbers and as texts. */
const id = z.coerce.number().int();

const services = z.object({
  services: z.array(z.object({ id, title: z.string(), price_min: z.number(), price_max: z.number() })),
});
const staff = z.array(z.object({ id, name: z.string(), bookable: z.boolean() }));
const times = z.array(z.object({ time: z.string(), seance_length: z.number(), datetime: z.string() }));

export interface Service {
  id: number;
  title: string;
  priceMin: number;
  priceMax: number;
}

export interface Staff {
  id: number;
  name: string;
}

/** A time at which somebody is free for a service. */
export interface FreeTime {
  staff: Staff;
  /** `18:00`. */
  time: string;
  /** ISO 8601, as YClients wants it back. */
  datetime: string;
  lengthS: number;
}

/** What a branch offers, who works there, and when they are free. */
export class Salon {
  constructor(private readonly client: YClientsClient) {}

  async services(signal?: AbortSignal): Promise<Service[]> {
    const found = await this.client.get(`/book_services/${this.client.companyId}`, services, {}, signal);
    return found.services.map(({ id: serviceId, title, price_min: priceMin, price_max: priceMax }) => ({
      id: serviceId,
      title,
      priceMin,
      priceMax,
    }));
  }

  /** Who performs the service and can be booked for it. */
  async staffFor(service: Service, signal?: AbortSignal): Promise<Staff[]> {
    const query = { service_ids: [service.id] };
    const found = await this.client.get(`/book_staff/${this.client.companyId}`, staff, query, signal);
    return found.filter(({ bookable }) => bookable).map(({ id: staffId, name }) => ({ id: staffId, name }));
  }

  /** @param date `2026-11-30`, by the branch's calendar. */
  async freeTimes(
    who: Staff,
    service: Pick<Service, 'id'>,
    date: string,
    signal?: AbortSignal,
  ): Promise<FreeTime[]> {
    const path = `/book_times/${this.client.companyId}/${who.id}/${date}`;
    const found = await this.client.get(path, times, { service_ids: [service.id] }, signal);
    return found.map(({ time, datetime, seance_length: lengthS }) => ({
      staff: who,
      time,
      datetime,
      lengthS,
    }));
  }

  /** Those whose name or title is meant by such words, as a customer writes them. */
  async servicesCalled(words: string, signal?: AbortSignal): Promise<Service[]> {
    return (await this.services(signal)).filter(({ title }) => isCalled(title, words));
  }
}
