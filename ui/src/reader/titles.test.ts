import { expect, test } from "vitest";
import { card } from "./fixtures";
import { phrases, titleOf } from "./titles";

test.each([
  ["一树柿子红到了城里", ["一树柿子红到了城里"]],
  ["冷空气昨夜到 今晨最低四度", ["冷空气昨夜到 ", "今晨最低四度"]],
  ["议事厅今日议题：电梯的钱怎么分", ["议事厅今日议题：", "电梯的钱怎么分"]],
  ["他说：“走吧！”然后走了", ["他说：", "“走吧！”然后走了"]],
  ["两个　　全角空格", ["两个　　", "全角空格"]],
  ["", []],
])("%s breaks only where it may", (headline, expected) => {
  expect(phrases(headline)).toEqual(expected);
  expect(phrases(headline).join("")).toBe(headline);
});

test("an article without a headline still has a name", () => {
  expect(titleOf(card("a", ["01"], "标题"))).toBe("标题");
  expect(titleOf({ ...card("a", ["01"], ""), kicker: "引题" })).toBe("引题");
  expect(titleOf({ ...card("a", ["01"], ""), pictures: 1 })).toBe("图片");
  expect(titleOf(card("a", ["01"], ""))).toBe("无题");
});
