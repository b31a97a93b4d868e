import { expect, test } from "vitest";
import { longDate, shortDate, today } from "./dates";

test.each([
  ["2026-11-24", "zh-CN", "2026年11月24日 星期二", "11月24日 周二"],
  ["2026-11-24", "zh-TW", "2026年11月24日 星期二", "11月24日 週二"],
  ["2026-11-24", "en", "Tuesday 24 November 2026", "Tue 24 November"],
  ["someday", "zh-CN", "someday", "someday"],
  ["2026-13-45", "en", "2026-13-45", "2026-13-45"],
] as const)("%s in %s", (date, locale, long, short) => {
  expect([longDate(date, locale).replace(",", ""), shortDate(date, locale).replace(",", "")]).toEqual([long, short]);
});

test("today is the reader's own calendar date", () => {
  expect(today(new Date(2026, 0, 5, 0, 30))).toBe("2026-01-05");
});
