// A stand-in for a salon in YClients, by its documentation: https://developer.yclients.com
//
//   GET /stand-in             {"records": […], "created": N, "faults": N}: all bookings, how often one was made, faults to come
//   PUT /stand-in/faults      {"on": "POST /api/v1/records", "times": N, "status": 503}: the next N such calls fail so
//                             {"on": …, "times": N, "lost": true}: they are done, and their answer is lost
//   PUT /stand-in/take        {"staff_id", "datetime"}: somebody else takes a time
import { Refused, serve } from './server.mjs';

const COMPANY = 962302;
const OFFSET = '+03:00';
const HOURS = ['10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00', '17:00', '18:00', '19:00'];
const SERVICES = [
  { id: 331, title: 'Стрижка мужская', price_min: 1500, price_max: 1500, seance_length: 3600 },
  { id: 332, title: 'Окрашивание', price_min: 4000, price_max: 7000, seance_length: 3600 },
];
const STAFF = [
  { id: 3413963, name: 'Бари', services: [331] },
  { id: 3413964, name: 'Сергей', services: [331, 332] },
];

/** @typedef {{ id: number, staff_id: number, datetime: string, seance_length: number, services: { id: number }[], client: { phone: string, name: string }, api_id: string, deleted: boolean }} Booking */

/** @type {Booking[]} */
const records = [];
/** @type {string[]} */
const phones = [];
let created = 0;
/** @type {{ on: string, times: number, status?: number, lost?: boolean }} */
let faults = { on: '', times: 0 };

await serve(async (call) => {
  const { method, url } = call;
  if (url.pathname === '/stand-in') return { body: { records, created, faults: faults.times } };
  if (url.pathname === '/stand-in/faults') return (faults = call.body) && { body: {} };
  if (url.pathname === '/stand-in/take') return take(call.body) && { body: {} };
  const isFaulty = faults.times > 0 && `${method} ${url.pathname}`.startsWith(faults.on);
  if (isFaulty) faults.times -= 1;
  if (isFaulty && faults.status) throw refusal(faults.status, 'Сервис временно недоступен');
  const answer = route(method, url, call);
  if (isFaulty && faults.lost) call.response.destroy();
  return answer;
});

/**
 * @param {string} method
 * @param {URL} url
 * @param {import('./server.mjs').Call} call
 */
function route(method, url, { headers, body }) {
  if (!/^Bearer \S+, User \S+$/.test(headers.authorization ?? ''))
    throw refusal(401, 'Необходима авторизация');
  if (!headers.accept?.includes('application/vnd.yclients.v2+json')) throw refusal(406, 'Версия не указана');
  const [kind, company, second, third] = url.pathname.replace(/^\/api\/v1\//, '').split('/');
  if (Number(company) !== COMPANY) throw refusal(404, 'Компания не найдена');
  const wanted = url.searchParams.getAll('service_ids[]').map(Number);
  if (kind === 'book_services') return data({ events: [], services: SERVICES, category: [] });
  if (kind === 'book_staff') return data(STAFF.filter((each) => performs(each, wanted)).map(shownStaff));
  if (kind === 'book_times') return data(freeTimes(Number(second), String(third), wanted));
  if (kind === 'company' && third === 'search') return data(clientsFound(body));
  if (kind === 'records' && method === 'GET') return data(recordsFound(url.searchParams));
  if (kind === 'records' && method === 'POST') return data(create(body), 201);
  if (kind === 'record') return one(method, Number(second), body);
  throw refusal(404, 'Не найдено');
}

/** @returns {{ status?: number, body?: object | null }} */
function one(/** @type {string} */ method, /** @type {number} */ id, /** @type {any} */ body) {
  const found = records.find((each) => each.id === id && !each.deleted);
  if (!found) throw refusal(404, 'Запись не найдена');
  if (method === 'DELETE') {
    found.deleted = true;
    return { status: 204 };
  }
  if (method === 'PUT') Object.assign(found, checked(body, found));
  return data(shown(found));
}

function create(/** @type {any} */ body) {
  const booking = { id: 1000 + records.length, deleted: false, ...checked(body) };
  records.push(booking);
  created += 1;
  if (!phones.includes(booking.client.phone)) phones.push(booking.client.phone);
  return shown(booking);
}

/**
 * The fields that the documentation calls required.
 *
 * @param {any} body
 * @param {Booking} [itself]
 */
function checked(body, itself) {
  const missing = [
    'staff_id',
    'services',
    'client',
    'datetime',
    'seance_length',
    'save_if_busy',
    'send_sms',
  ].filter((name) => body?.[name] === undefined);
  if (missing.length > 0)
    throw refusal(
      422,
      'Произошла ошибка',
      Object.fromEntries(missing.map((name) => [name, ['Обязательное поле']])),
    );
  const { staff_id, services, client, datetime, seance_length, api_id = '' } = body;
  if (!STAFF.some(({ id }) => id === staff_id))
    throw refusal(422, 'Сотрудник не найден', { staff_id: [staff_id] });
  if (!/^\d{11}$/.test(client.phone)) throw refusal(422, 'Номер телефона в неправильном формате');
  if (isTaken(staff_id, datetime, itself)) throw refusal(422, `Выбранное время уже занято (${datetime})`);
  return { staff_id, services, client, datetime, seance_length, api_id };
}

function take(/** @type {{ staff_id: number, datetime: string }} */ { staff_id, datetime }) {
  const client = { phone: '79000000000', name: 'Другой клиент' };
  const booking = { staff_id, datetime, client, services: [{ id: 331 }], seance_length: 3600, api_id: '' };
  return records.push({ id: 1000 + records.length, deleted: false, ...booking });
}

function freeTimes(/** @type {number} */ staffId, /** @type {string} */ day, /** @type {number[]} */ wanted) {
  const staff = STAFF.find(({ id }) => id === staffId);
  if (!staff || !performs(staff, wanted)) return [];
  return HOURS.map((time) => ({ time, seance_length: 3600, datetime: `${day}T${time}:00${OFFSET}` })).filter(
    ({ datetime }) => !isTaken(staffId, datetime),
  );
}

/**
 * @param {number} staffId
 * @param {string} datetime
 * @param {Booking} [itself]
 */
function isTaken(staffId, datetime, itself) {
  const at = Date.parse(datetime);
  return records.some(
    (each) =>
      each !== itself &&
      !each.deleted &&
      each.staff_id === staffId &&
      Math.abs(Date.parse(each.datetime) - at) < 3600_000,
  );
}

function performs(/** @type {{ services: number[] }} */ { services }, /** @type {number[]} */ wanted) {
  return wanted.every((id) => services.includes(id));
}

function recordsFound(/** @type {URLSearchParams} */ query) {
  const from = query.get('start_date') ?? '';
  const to = query.get('end_date') ?? '9999';
  const staffId = query.get('staff_id');
  const phone = phones[Number(query.get('client_id')) - 1];
  return records
    .filter(({ datetime }) => datetime.slice(0, 10) >= from && datetime.slice(0, 10) <= to)
    .filter(({ staff_id, deleted }) => !deleted && (staffId === null || staff_id === Number(staffId)))
    .filter(({ client }) => query.get('client_id') === null || client.phone === phone)
    .map(shown);
}

function clientsFound(/** @type {any} */ body) {
  const wanted = body?.filters?.[0]?.state?.value;
  const index = phones.indexOf(wanted);
  return index === -1 ? [] : [{ id: index + 1 }];
}

function shown(/** @type {Booking} */ booking) {
  const services = booking.services.map(({ id }) => ({
    id,
    title: SERVICES.find((each) => each.id === id)?.title,
  }));
  return { ...booking, services, staff: shownStaff(STAFF.find(({ id }) => id === booking.staff_id)) };
}

function shownStaff(/** @type {{ id: number, name: string } | undefined} */ staff) {
  return { id: String(staff?.id), name: staff?.name ?? '', bookable: true, specialization: 'Парикмахер' };
}

function data(/** @type {object} */ found, status = 200) {
  return { status, body: { success: true, data: found, meta: [] } };
}

function refusal(
  /** @type {number} */ status,
  /** @type {string} */ message,
  /** @type {object} */ errors = {},
) {
  return new Refused(status, { success: false, data: null, meta: { message, errors } });
}
