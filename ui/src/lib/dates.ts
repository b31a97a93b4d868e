/** Newspaper dates: calendar dates of the paper's own place, never instants. */
import type { Locale } from "./words.svelte";

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Formats dates, the same for the same wish: making one takes a hundred times as long as using it, and there are hundreds of dates. */
export function dateFormat(locale: Locale, wish: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(wish)}`;
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...wish, timeZone: "UTC" });
    formatters.set(key, made);
  }
  return made;
}

/** 2026-11-24 -> 2026年11月24日 星期二 / Tuesday 24 November 2026. What is no date is shown as it is. */
export function longDate(date: string, locale: Locale): string {
  return format(date, locale, { year: "numeric", month: "long", day: "numeric", weekday: "long" });
}

/** 2026-11-24 -> 11月24日 星期二 / Tue 24 November, for lists where the year goes without saying. */
export function shortDate(date: string, locale: Locale): string {
  return format(date, locale, { month: "long", day: "numeric", weekday: "short" });
}

function format(date: string, locale: Locale, wish: Intl.DateTimeFormatOptions): string {
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(instant)) return date;
  const text = dateFormat(locale, wish).format(instant);
  // Chinese dates run the weekday on; newspapers set a space before it.
  return locale === "en" ? text : text.replace(/(日)(星期|周|週)/, "$1 $2");
}

/** The calendar date where the newspapers are, wherever the reader is: all of China keeps Beijing's time. */
export function today(now: Date = new Date()): string {
  const hour = 3_600_000;
  return new Date(now.getTime() + 8 * hour).toISOString().slice(0, "yyyy-mm-dd".length);
}
