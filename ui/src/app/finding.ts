/** Finding among things by a few typed characters: of their words, or of the initials of their pinyin. */

export type Findable = {
  readonly title: string;
  /** What else it is found by. */
  readonly also: string;
};

/** The things that all of the typed words are found in, best first; all of them when nothing is typed. */
export function found<Thing extends Findable>(typed: string, things: readonly Thing[]): Thing[] {
  const terms = plain(typed).split(/\s+/).filter(Boolean);
  if (terms.length === 0) return [...things];
  const ranked = things.flatMap((thing) => {
    const rank = rankOf(terms, thing);
    return rank === null ? [] : [{ thing, rank }];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ thing }) => thing);
}

/** How well it is found, 0 best; nothing when it is not. */
function rankOf(terms: readonly string[], { title, also }: Findable): number | null {
  const words = plain(title);
  const initials = pinyinInitials(title);
  const more = plain(also);
  let sum = 0;
  for (const term of terms) {
    const rank = [words.startsWith(term), words.includes(term), initials.startsWith(term), more.includes(term), term.length > 1 && initials.includes(term)].indexOf(true);
    if (rank < 0) return null;
    sum += rank;
  }
  return sum;
}

function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}

// The first character in pinyin's order of each letter that a syllable begins with.
const letters = "abcdefghjklmnopqrstwxyz";
const firsts = "吖八嚓咑妸发旮哈丌咔垃妈拏喔妑七呥仨他屲夕丫帀";
let order: Intl.Collator | undefined;
const known = new Map<string, string>();

/** 要闻 -> "yw"; what is no Chinese character stays, blanks go. */
export function pinyinInitials(text: string): string {
  return [...plain(text)].map(initial).join("");
}

function initial(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return /\s/.test(character) ? "" : character;
  const before = known.get(character);
  if (before !== undefined) return before;
  // Its table of all characters is read when somebody types something, not when the window opens.
  const collator = (order ??= new Intl.Collator("zh-CN-u-co-pinyin"));
  let at = firsts.length - 1;
  while (at >= 0 && collator.compare(character, firsts.charAt(at)) < 0) at -= 1;
  const letter = letters.charAt(Math.max(0, at));
  known.set(character, letter);
  return letter;
}
