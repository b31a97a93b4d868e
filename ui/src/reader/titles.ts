/** What articles are called, and where a headline may break. */
import type { ArticleCard } from "../lib/bindings";
import { say } from "../lib/words.svelte";

type Titled = Pick<ArticleCard, "kicker" | "headline" | "subheadline" | "pictures">;

/** What an article is called where there is room for one line: without a headline it is a picture or a notice. */
export function titleOf(article: Titled): string {
  const title = article.headline || article.kicker || article.subheadline;
  return title || say(article.pictures > 0 ? "headline_pictures" : "headline_untitled");
}

/**
 * A headline in its phrases: an editor's blanks and the marks of punctuation are where it may break, before it
 * breaks anywhere else. Put together again they are the headline, unchanged.
 */
export function phrases(headline: string): string[] {
  return headline.split(/(?<=[\s\u3000])(?=\S)|(?<=[：；，。！？])(?![：；，。！？”’」』）》])/u).filter((phrase) => phrase !== "");
}
