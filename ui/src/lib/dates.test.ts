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

test("today is the newspapers' calendar date, not the reader's", () => {
  expect(today(new Date("2026-01-04T15:59:59Z"))).toBe("2026-01-04");
  expect(today(new Date("2026-01-04T16:00:00Z"))).toBe("2026-01-05");
});
