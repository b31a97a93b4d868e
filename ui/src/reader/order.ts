/** The order of reading: pages one after the other, and articles across them. Pure. */
import type { ArticleCard, IssueView, PageView } from "../lib/bindings";

export function pageAt(issue: IssueView, number: string): PageView | null {
  return issue.pages.find((page) => page.number === number) ?? null;
}

/** The page `step` pages further on, or null beyond the ends. */
export function pageBeside(issue: IssueView, number: string, step: 1 | -1): PageView | null {
  const index = issue.pages.findIndex((page) => page.number === number);
  return index < 0 ? null : (issue.pages[index + step] ?? null);
}

/** A page's articles in reading order: its own list, then what only has a region on it. Parts are listed as their whole. */
export function articlesOn(issue: IssueView, page: PageView): ArticleCard[] {
  const known = new Map(issue.articles.map((article) => [article.id, article]));
  const ids = new Set([...page.articles, ...page.regions.map((region) => region.article)]);
  return [...ids].flatMap((id) => known.get(id) ?? []);
}

/** The article after (or before) the open one; with none open, the first (or last) of the page. */
export function articleBeside(issue: IssueView, open: string | null, page: PageView, step: 1 | -1): ArticleCard | null {
  if (open === null) {
    const here = articlesOn(issue, page);
    return (step === 1 ? here[0] : here.at(-1)) ?? null;
  }
  const index = issue.articles.findIndex((article) => article.id === open);
  return index < 0 ? null : (issue.articles[index + step] ?? null);
}

/** Where an article is shown: on the page the reader is on, if it is there, else where it begins. */
export function pageFor(issue: IssueView, article: ArticleCard, current: string): string {
  if (article.pages.includes(current)) return current;
  return article.pages.find((number) => pageAt(issue, number)) ?? current;
}
