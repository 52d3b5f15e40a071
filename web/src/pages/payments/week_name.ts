import { shortDay } from '../../lib/format';
import { daysLater, isoWeek } from '../../lib/pay_days';
import { useText } from '../../text/use_text';

/** How the week of a Monday is called: "week 47 2026", the same at the beginning of a line, or with its days. */
export function useWeekName() {
  const { payments: text } = useText();
  const short = (monday: string): string => text.week(isoWeek(monday).week, isoWeek(monday).year);
  return {
    short,
    atBegin: (monday: string): string => short(monday).replace(/^./, (letter) => letter.toUpperCase()),
    withDays: (monday: string): string => text.weekDays(isoWeek(monday).week, isoWeek(monday).year, shortDay(monday), shortDay(daysLater(monday, 6))),
  };
}
