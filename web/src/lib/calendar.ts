// Days, weeks, and the periods of which an employer sends wage returns: months, or four weeks from the Monday of week 1. As
// src/benefits/calendar.cpp has them.

const inUtc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const daysFrom = (from: string, to: string): number => Math.round((inUtc(to).getTime() - inUtc(from).getTime()) / 86400000);
export const plusDays = (date: string, days: number): string => new Date(inUtc(date).getTime() + days * 86400000).toISOString().slice(0, 10);
export const mondayOf = (date: string): string => plusDays(date, 1 - (inUtc(date).getUTCDay() || 7));
/** Of week 1, the week that has 4 January in it (ISO 8601). */
const firstMonday = (year: number): string => mondayOf(`${year}-01-04`);
/** The number in the calendar of the week that begins on this Monday. */
export const weekNumber = (monday: string): number => daysFrom(firstMonday(Number(plusDays(monday, 3).slice(0, 4))), monday) / 7 + 1;

export type Returns = 'monthly' | 'four_weekly';
export interface WagePeriod { first: string; last: string }

const periodsOfYear = 13;

/** Which year and which of its thirteen periods a day is in. */
export function fourWeeksOf(day: string): { year: number; number: number } {
  let year = Number(day.slice(0, 4));
  if (day < firstMonday(year)) year -= 1;
  if (day >= firstMonday(year + 1)) year += 1;
  return { year, number: Math.min(Math.floor(daysFrom(firstMonday(year), day) / 28), periodsOfYear - 1) + 1 };
}

/** The period that a day is in. */
export function periodOf(day: string, returns: Returns): WagePeriod {
  if (returns === 'monthly') {
    const first = `${day.slice(0, 7)}-01`;
    return { first, last: plusDays(`${plusDays(first, 31).slice(0, 7)}-01`, -1) };
  }
  const { year, number } = fourWeeksOf(day);
  const first = plusDays(firstMonday(year), 28 * (number - 1));
  // Of a year with 53 weeks the last one is a week longer.
  return { first, last: number === periodsOfYear ? plusDays(firstMonday(year + 1), -1) : plusDays(first, 27) };
}
export const periodBefore = ({ first }: WagePeriod, returns: Returns): WagePeriod => periodOf(plusDays(first, -1), returns);
export const periodAfter = ({ last }: WagePeriod, returns: Returns): WagePeriod => periodOf(plusDays(last, 1), returns);

/** The thirteen periods before the one of this day, oldest first, without those before the job. Of a job that began later: that one alone. */
export function periodsBefore(day: string, returns: Returns, jobFirstDay: string): WagePeriod[] {
  const own = periodOf(day, returns);
  const found: WagePeriod[] = [];
  for (let at = periodBefore(own, returns); found.length < periodsOfYear && at.last >= jobFirstDay; at = periodBefore(at, returns)) found.unshift(at);
  // What counts of such a job can lie in the period of the first sick day itself.
  return found.length < periodsOfYear && jobFirstDay <= own.last ? [...found, own] : found;
}
