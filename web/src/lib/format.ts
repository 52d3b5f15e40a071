// Dates and numbers as people of this country read them, in the language chosen. Days are those of Amsterdam.
import { language } from './language';

const zone = 'Europe/Amsterdam';
const locale = (): string => (language.current === 'en' ? 'en-GB' : 'nl-NL');

/** "2026-11-23" as "23 nov 2026". */
export function day(date: string): string {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}
/** "2026-11-23" as "23 nov". */
export function shortDay(date: string): string {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}
/** A moment as "23 nov 2026 10:32". */
export function moment(at: string): string {
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: zone,
  }).format(new Date(at)).replace(',', '');
}
/** A moment as "10:32". */
export const timeOfDay = (at: string): string => new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(at));
/** A moment not long ago as "gisteren 10:32". */
export function recently(at: string): string {
  const ago = daysBetween(new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(at)), today());
  return ago > 1 ? moment(at) : `${new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(-ago, 'day')} ${timeOfDay(at)}`;
}
/** The day it is now, "2026-11-23". */
export const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format();
/** Days from one day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86400000);

export interface Named { last_name: string; prefix: string; initials: string }
/** "Q. van der Zandstra". */
export const fullName = ({ last_name, prefix, initials }: Named): string => [initials, prefix, last_name].filter(Boolean).join(' ');
/** "Zandstra, Q. van der", as lists are sorted. */
export const sortedName = ({ last_name, prefix, initials }: Named): string =>
  [last_name, [initials, prefix].filter(Boolean).join(' ')].filter(Boolean).join(', ');

/** 12345 as "12.345". */
export const count = (value: number): string => new Intl.NumberFormat(locale()).format(value);

/** 123456 as "€ 1.234,56". */
export const money = (cents: number): string => new Intl.NumberFormat(locale(), { style: 'currency', currency: 'EUR' }).format(cents / 100);

export function fileSize(bytes: number): string {
  const number = (value: number) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value);
  return bytes < 1024 * 1024 ? `${number(Math.max(1, Math.round(bytes / 1024)))} KB` : `${number(bytes / 1024 / 1024)} MB`;
}

/** 43 tenths of a percent as "4,3%". */
export const percent = (tenths: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(tenths / 1000);

/** "2026-11" as "nov 2026". */
export const month = (value: string): string => monthIn(value, { month: 'short', year: 'numeric' });
/** "2026-11" as "nov". */
export const shortMonth = (value: string): string => monthIn(value, { month: 'short' });
function monthIn(value: string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), { ...how, timeZone: 'UTC' }).format(new Date(`${value}-01T00:00:00Z`));
}
