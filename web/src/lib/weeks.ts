// Weeks of an illness.
import { daysBetween, today } from './format';

/** In which week of the illness a day falls: the first sick day is in week 1. */
export const weekOn = (firstSickDay: string, date: string): number => Math.max(1, Math.floor(daysBetween(firstSickDay, date) / 7) + 1);
export const weekNow = (firstSickDay: string): number => weekOn(firstSickDay, today());
/** After how many whole weeks something is due: six for the sixth week's end. */
export const weeksUntil = (firstSickDay: string, due: string): number => Math.ceil(daysBetween(firstSickDay, due) / 7);
