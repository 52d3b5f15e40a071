// Weeks and days of payment, as text like "2026-11-23". What counts the program decides; this only offers it.

const atNoon = (date: string): Date => new Date(`${date}T12:00:00Z`);
/** A number of days later, or earlier for a number below zero. */
export function daysLater(date: string, count: number): string {
  const at = atNoon(date);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}
/** From 1 for Monday to 7 for Sunday. */
const weekday = (date: string): number => atNoon(date).getUTCDay() || 7;
export const mondayOf = (date: string): string => daysLater(date, 1 - weekday(date));

/** The week of a day by number, in the year to which most of its days belong (ISO 8601). */
export function isoWeek(date: string): { year: number; week: number } {
  const thursday = daysLater(mondayOf(date), 3);
  const year = Number(thursday.slice(0, 4));
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86400000;
  return { year, week: Math.floor(days / 7) + 1 };
}

/** The Mondays of the newest weeks whose facts are closed, which is after their Friday; newest first. */
export function closedWeeks(today: string, count: number): string[] {
  const newest = weekday(today) > 5 ? mondayOf(today) : daysLater(mondayOf(today), -7);
  return Array.from({ length: count }, (_, i) => daysLater(newest, -7 * i));
}

// Of the days on which banks are closed these can be a Thursday, or stand before one that is; Easter cannot.
const closedDays = ['01-01', '05-01', '12-25', '12-26'];
/** The next day to pay on: a Thursday behind today, or the bank day before it. */
export function nextPayDay(today: string): string {
  for (let thursday = daysLater(mondayOf(today), 3); ; thursday = daysLater(thursday, 7)) {
    let day = thursday;
    while (closedDays.includes(day.slice(5))) day = daysLater(day, -1);
    if (day > today) return day;
  }
}
