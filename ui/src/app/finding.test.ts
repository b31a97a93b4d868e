import { expect, test } from "vitest";
import { found, pinyinInitials } from "./finding";

test.each([
  ["要闻", "yw"],
  ["示例日报", "slrb"],
  ["阿坝 春天", "abct"],
  ["第02版 时政", "d02bsz"],
  ["北京 Opera", "bjopera"],
])("the initials of %s are %s", (text, initials) => {
  expect(pinyinInitials(text)).toBe(initials);
});

const things = [
  { title: "夜间颜色", also: "Night colours" },
  { title: "要闻", also: "第01版" },
  { title: "城市夜游", also: "要闻" },
  { title: "Night market", also: "" },
];
const titles = (typed: string) => found(typed, things).map(({ title }) => title);

test("what begins with it comes before what holds it, the title before the rest", () => {
  expect(titles("夜")).toEqual(["夜间颜色", "城市夜游"]);
  expect(titles("要闻")).toEqual(["要闻", "城市夜游"]);
  expect(titles("NIGHT")).toEqual(["Night market", "夜间颜色"]);
});

test("initials find it, every typed word must", () => {
  expect(titles("yw")).toEqual(["要闻"]);
  expect(titles("cs")).toEqual(["城市夜游"]);
  expect(titles("夜 要闻")).toEqual(["城市夜游"]);
  expect(titles("夜 报")).toEqual([]);
});

test("nothing typed is everything, in its own order", () => {
  expect(titles("  ")).toEqual(things.map(({ title }) => title));
});
