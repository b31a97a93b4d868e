/** A small issue for tests: two pages, an article continued from one to the other, a page that has not come. */
import type { ArticleCard, IssueView, PageView } from "../lib/bindings";

export function card(id: string, pages: string[], headline = `标题${id}`): ArticleCard {
  return { id, pages, kicker: "", headline, subheadline: "", byline: "", characters: 100, pictures: 0, read: false };
}

export function page(number: string, articles: string[], regions: string[] = articles): PageView {
  const polygon: [number, number][] = [[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5]];
  return {
    number,
    name: `版${number}`,
    width: 350,
    height: 500,
    kept: true,
    hasPdf: true,
    hasPicture: false,
    articles,
    regions: regions.map((article) => ({ article, polygon })),
  };
}

export function issue(): IssueView {
  return {
    publication: "slrb",
    name: "示例日报",
    date: "2026-11-24",
    url: "http://example.cn/",
    complete: false,
    copyright: null,
    pages: [page("01", ["a", "b"], ["b", "a", "c"]), page("02", ["d", "a"]), { ...page("03", []), kept: false }],
    articles: [card("a", ["01", "02"]), card("b", ["01"]), card("c", ["01"]), card("d", ["02"])],
    previousIssue: "2026-11-23",
    nextIssue: null,
    links: [],
    place: null,
  };
}
