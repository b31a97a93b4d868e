/** A calendar's months and days, as strings: 2026-11 and 2026-11-24. Weeks begin on Monday. */
import type { CalendarDay } from "../lib/bindings";
import { dateFormat } from "../lib/dates";
import type { Locale } from "../lib/words.svelte";

const instant = (date: string) => new Date(`${date}T00:00:00Z`);
const dayOf = (time: Date) => time.toISOString().slice(0, 10);

export const monthOf = (date: string): string => date.slice(0, 7);

export function addDays(date: string, days: number): string {
  const time = instant(date);
  time.setUTCDate(time.getUTCDate() + days);
  return dayOf(time);
}

export function addMonths(month: string, months: number): string {
  const time = instant(`${month}-01`);
  time.setUTCMonth(time.getUTCMonth() + months);
  return monthOf(dayOf(time));
}

/** The same day of another month, or its last where it is shorter. */
export function dayInMonth(date: string, month: string): string {
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const same = `${month}-${date.slice(8)}`;
  return same > last ? last : same;
}

/** Monday is 0. */
export const weekday = (date: string): number => (instant(date).getUTCDay() + 6) % 7;

/** The days of a month in weeks; nothing where a week belongs to another month. */
export function weeks(days: readonly CalendarDay[]): (CalendarDay | null)[][] {
  const first = days[0];
  if (!first) return [];
  const cells: (CalendarDay | null)[] = [...Array<null>(weekday(first.date)).fill(null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Where a key leads from a day; nothing for keys that are not the calendar's. */
export function moved(date: string, key: string): string | null {
  switch (key) {
    case "ArrowLeft":
      return addDays(date, -1);
    case "ArrowRight":
      return addDays(date, 1);
    case "ArrowUp":
      return addDays(date, -7);
    case "ArrowDown":
      return addDays(date, 7);
    case "Home":
      return addDays(date, -weekday(date));
    case "End":
      return addDays(date, 6 - weekday(date));
    case "PageUp":
      return dayInMonth(date, addMonths(monthOf(date), -1));
    case "PageDown":
      return dayInMonth(date, addMonths(monthOf(date), 1));
    default:
      return null;
  }
}

export type Span = { readonly since: string; readonly until: string };

export const span = (a: string, b: string): Span => (a < b ? { since: a, until: b } : { since: b, until: a });
export const within = (date: string, chosen: Span | null): boolean => chosen !== null && date >= chosen.since && date <= chosen.until;

/** What fetching a span would bring: issues that the site is known to have, and days nobody knows of. */
export function toFetch(days: Iterable<CalendarDay>, chosen: Span): { known: number; unknown: number; here: number } {
  const count = { known: 0, unknown: 0, here: 0 };
  for (const { date, state } of days) {
    if (!within(date, chosen)) continue;
    if (state === "onSite" || state === "partly") count.known++;
    else if (state === "unknown") count.unknown++;
    else if (state === "here") count.here++;
  }
  return count;
}

export function monthTitle(month: string, locale: Locale): string {
  return dateFormat(locale, { year: "numeric", month: "long" }).format(instant(`${month}-01`));
}

/** Monday to Sunday, short for the eye and long for the ear. */
export function weekdays(locale: Locale): { short: string; long: string }[] {
  const name = (date: string, weekday: "narrow" | "short" | "long") => dateFormat(locale, { weekday }).format(instant(date));
  // A week that begins on a Monday.
  return Array.from({ length: 7 }, (_, day) => addDays("2026-11-23", day)).map((date) => ({
    short: name(date, locale === "en" ? "short" : "narrow"),
    long: name(date, "long"),
  }));
}
