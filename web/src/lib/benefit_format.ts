// Amounts and weeks of a benefit, as people read them.
import { plusDays, weekNumber } from './calendar';
import { today } from './format';
import { language } from './language';

const locale = (): string => (language.current === 'en' ? 'en-GB' : 'nl-NL');
const inUtc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const told = (date: string, how: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(locale(), { ...how, timeZone: 'UTC' }).format(inUtc(date)).replace(',', '');

/** 123456 as "€ 1.234,56". */
export const money = (cents: number): string => new Intl.NumberFormat(locale(), { style: 'currency', currency: 'EUR' }).format(cents / 100);
/** "33825.60" as "€ 33.825,60". */
export const moneyOfText = (amount: string): string => money(Math.round(Number(amount) * 100));
/** "2610.00" as somebody would type it, "2610,00". */
export const typedAmount = (amount: string): string => (language.current === 'en' ? amount : amount.replace('.', ','));
/** 0.705 as "70,5%". */
export const share = (part: number): string => new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 }).format(part);
/** 21.75 as "21,75". */
export const plainNumber = (value: number): string => new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(value);

/** "2026-11-09" as "9 november 2026". */
export const longDay = (date: string): string => told(date, { day: 'numeric', month: 'long', year: 'numeric' });
/** "2026-11-09" as "maandag 9 november". */
export const weekday = (date: string): string => told(date, { weekday: 'long', day: 'numeric', month: 'long' });
/** "2026-11" of a day as "november 2026". */
export const longMonth = (date: string): string => told(date, { month: 'long', year: 'numeric' });
/** An IBAN in groups of four, as it stands on a card. */
export const groupedIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** A week as a text of the language makes it of its number, its first and its last day; with its year when that is another one than now. */
export function weekName(monday: string, words: (number: number, first: string, last: string) => string): string {
  const last = plusDays(monday, 6);
  const year = last.slice(0, 4) === today().slice(0, 4) ? {} : { year: 'numeric' as const };
  const isOneMonth = monday.slice(0, 7) === last.slice(0, 7);
  return words(weekNumber(monday), told(monday, isOneMonth ? { day: 'numeric' } : { day: 'numeric', month: 'long' }), told(last, { day: 'numeric', month: 'long', ...year }));
}
