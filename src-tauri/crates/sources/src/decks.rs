//! An article's decks and byline, by whichever marks its template left.

use crate::html::{Attributes, Document, enclosing, fragment_lines, line, lines, printed_lines, selector};
use crate::printed::{parse_date, publication_in_title, rule};
use crate::property::Properties;
use crate::reading::Reading;
use kanbao_newspaper::{Block, Decks, PageLabel};
use memchr::memmem;
use regex::Regex;
use scraper::ElementRef;
use std::sync::LazyLock;

/// A longer row is text.
const LONGEST_DECK: usize = 200;

/// What a template calls the four decks.
struct Decking {
    rule: &'static str,
    kicker: &'static str,
    headline: &'static str,
    subheadline: &'static str,
    byline: &'static str,
}

const DECKINGS: &[Decking] = &[
    Decking {
        rule: ".text_c h3/h1/h2/h4",
        kicker: ".text_c h3",
        headline: ".text_c h1",
        subheadline: ".text_c h2",
        byline: ".text_c h4",
    },
    Decking {
        rule: "#PreTitle/#Title/#SubTitle/#Author",
        kicker: "#PreTitle",
        headline: "#Title",
        subheadline: "#SubTitle",
        byline: "#Author",
    },
    Decking {
        rule: "#yinti/#doctitle/#subdoctitle",
        kicker: "#yinti",
        headline: "#doctitle",
        subheadline: "#subdoctitle",
        byline: "#docauthor",
    },
    Decking {
        rule: ".main-article-title",
        kicker: ".main-article-pretitle, .main-article-yt, .main-article-introtitle",
        headline: ".main-article-title, #main-article-title",
        subheadline: ".main-article-subtitle, .main-article-ft",
        byline: ".main-article-author, .main-article-zz",
    },
    Decking {
        rule: ".margin15 h3/h2/h4",
        kicker: ".margin15 h3",
        headline: ".margin15 h2",
        subheadline: ".margin15 h4",
        byline: ".margin15 .author, .margin15 h5",
    },
    Decking {
        rule: ".newsdetatit h3/.intro/.sub",
        kicker: ".newsdetatit .intro, p.intro, div.intro",
        headline: ".newsdetatit h3, .newsdetatit h1, .newsdetatit h2",
        subheadline: ".newsdetatit .sub, p.sub, div.sub",
        byline: ".newsdetatit .author, p.author, div.author",
    },
    Decking {
        rule: ".main-content h3/h1/h3",
        kicker: ".main-content .introtitle",
        headline: ".main-content h1",
        subheadline: ".main-content .subtitle",
        byline: ".main-content .author",
    },
    Decking {
        rule: ".primers/.title_a/.subtitle",
        kicker: ".primers, .introtitle",
        headline: ".title_a, .title_h1",
        subheadline: ".subtitle",
        byline: ".author, .zuozhe",
    },
    Decking {
        rule: ".article h1/.leading_title",
        kicker: ".article .introtitle",
        headline: ".article h1, .article-title",
        subheadline: ".article .subtitle",
        byline: ".article .author, .article p.sec",
    },
    Decking {
        rule: "div.title h1 and what stands beside it",
        kicker: "div.title .introtitle",
        headline: "div.title h1",
        subheadline: "div.title .subtitle",
        byline: "div.title .author",
    },
    Decking {
        rule: "#NewsArticleTitle",
        kicker: "#NewsArticlePreTitle",
        headline: "#NewsArticleTitle",
        subheadline: "#NewsArticleSubTitle",
        byline: "#NewsArticleAuthor",
    },
    // Bare headings serve for both decks, so there only their place beside the headline tells.
    Decking { rule: "h1 and what stands beside it", kicker: "", headline: "h1", subheadline: "", byline: "" },
];

/// Cells of the table skins: one of these holds the headline, cells of the second class the other decks.
const CELL_CLASSES: &[(&str, &str)] = &[("font01", "font02"), ("bt1", "bt2"), ("title1", "title2")];

/// Elements that hold a headline and nothing else, in a row between those of the other decks.
const HEADLINES: &[&str] =
    &["founder-title", "#article-title", ".BSHARE_TEXT", "td.font01", "td.bt1", ".wz .title", "td.bt"];

/// Whether there is a headline where only articles have one.
pub(crate) fn is_marked(document: &Document<'_>) -> bool {
    marked(document.raw, "title").is_some() || HEADLINES.iter().any(|css| is_filled(document, css))
}

/// Whether there is anything for a headline.
pub(crate) fn is_there(document: &Document<'_>) -> bool {
    is_marked(document) || DECKINGS.iter().any(|decking| is_filled(document, decking.headline))
}

fn is_filled(document: &Document<'_>, css: &str) -> bool {
    document.select(css).any(|element| !line(element).is_empty() && !is_in_body(element))
}

/// What stands between a template's comments: `<!--<npm:article-title>-->…<!--</npm:article-title>-->`, in some
/// templates with a blank before the name.
pub(crate) fn marked<'a>(raw: &'a str, name: &str) -> Option<&'a str> {
    let open = format!("<npm:article-{name}>");
    let mut places = memmem::find_iter(raw.as_bytes(), open.as_bytes());
    let (start, blank) = places.find_map(|at| {
        let before = &raw[..at];
        if before.ends_with("<!--") { Some((at, "")) } else { before.ends_with("<!-- ").then_some((at, " ")) }
    })?;
    let after = &raw[start + open.len()..];
    let after = &after[after.find("-->")? + 3..];
    after.find(&format!("<!--{blank}</npm:article-{name}>")).map(|end| &after[..end])
}

pub(crate) fn read(document: &Document<'_>, properties: &Properties<'_>, reading: &mut Reading) -> Decks {
    let declared = |names: [&str; 2]| {
        names.into_iter().find_map(|name| properties.get(name)).map(fragment_lines).unwrap_or_default()
    };
    let by_property = Decks {
        kicker: declared(["founder-introtitle", "introtitle"]),
        headline: declared(["founder-title", "title"]),
        subheadline: declared(["founder-subtitle", "subtitle"]),
        byline: declared(["founder-author", "author"]),
    };
    let mut saw = |rule_name: &str, decks: &Decks| {
        let headline = Some(decks.headline.as_str()).filter(|text| !text.is_empty());
        rule(reading, "article.headline", rule_name, headline);
        headline.is_some()
    };

    let comment = |name: &str| marked(document.raw, name).map(fragment_lines).unwrap_or_default();
    let by_comment = Decks {
        kicker: comment("pretitle"),
        headline: comment("title"),
        subheadline: comment("subtitle"),
        byline: comment("author"),
    };
    let by_comment_found = saw("comments npm:article-*", &by_comment);
    // A template that marks the headline marks the decks around it, those that are empty too.
    let all_marked = marked(document.raw, "pretitle").is_some() && marked(document.raw, "subtitle").is_some();

    let mut decks = Decks::default();
    if !(by_comment_found && all_marked) {
        decks = cells(document);
        if !saw("cells font02/font01/font02 and their kin", &decks) {
            decks = rows(document);
        }
        if !saw("rows around the headline's", &decks) {
            for decking in DECKINGS {
                let found = by_decking(document, decking);
                if !agrees(&found.headline, &by_property.headline) {
                    continue;
                }
                if saw(decking.rule, &found) {
                    decks = found;
                    break;
                }
            }
        }
    }
    prefer(&mut decks, by_comment);

    let element = |css: &str| document.first(css).map(lines).unwrap_or_default();
    let by_element = Decks {
        kicker: element("founder-pretitle, founder-introtitle"),
        headline: element("founder-title"),
        subheadline: element("founder-subtitle"),
        byline: element("founder-author"),
    };
    saw("founder-title", &by_element);
    fill(&mut decks, by_element);
    saw("the metadata comment", &by_property);
    // The newer sites' comment has the decks as their editors wrote them; the classic ones' are an extract.
    if properties.get("title").is_some() {
        prefer(&mut decks, by_property);
    } else {
        fill(&mut decks, by_property);
    }
    if decks.headline.is_empty() {
        decks.headline = title(document);
        saw("the document's title", &decks);
    }
    decks.byline = one_line(&decks.byline);
    // Some sites repeat the byline's row as the subheadline's.
    if decks.subheadline == decks.byline {
        decks.subheadline.clear();
    }
    decks
}

/// Takes every deck that `marks` has.
fn prefer(decks: &mut Decks, marks: Decks) {
    for (deck, mark) in [
        (&mut decks.kicker, marks.kicker),
        (&mut decks.headline, marks.headline),
        (&mut decks.subheadline, marks.subheadline),
        (&mut decks.byline, marks.byline),
    ] {
        if !mark.is_empty() {
            *deck = mark;
        }
    }
}

/// Takes every deck that is still empty.
fn fill(decks: &mut Decks, marks: Decks) {
    for (deck, mark) in [
        (&mut decks.kicker, marks.kicker),
        (&mut decks.headline, marks.headline),
        (&mut decks.subheadline, marks.subheadline),
        (&mut decks.byline, marks.byline),
    ] {
        if deck.is_empty() {
            *deck = mark;
        }
    }
}

/// A heading of the site is no headline: where the metadata has the headline, both must be the same words.
fn agrees(headline: &str, declared: &str) -> bool {
    let (headline, declared) = (flat(headline), flat(declared));
    declared.is_empty() || headline.is_empty() || headline.contains(&declared) || declared.contains(&headline)
}

pub(crate) fn flat(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Headings inside a body are its own.
fn is_in_body(element: ElementRef<'_>) -> bool {
    enclosing(element, &["founder-content"]).is_some()
        || element
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|around| around.attribute("id").is_some_and(|id| matches!(id, "ozoom" | "articleContent")))
}

fn by_decking(document: &Document<'_>, decking: &Decking) -> Decks {
    let found = document.select(decking.headline);
    let mut found = found.filter(|element| !is_in_body(*element) && !line(*element).is_empty());
    let Some(headline) = found.next() else { return Decks::default() };
    let beside = beside(headline);
    // A template with a place for a deck left it empty where there is none.
    let first = |css: &str, beside: String| {
        let elements = if css.is_empty() { Vec::new() } else { document.all(css) };
        let mut elements = elements.into_iter().filter(|element| !is_in_body(*element)).peekable();
        if elements.peek().is_none() {
            return beside;
        }
        elements.map(lines).find(|text| !text.is_empty()).unwrap_or_default()
    };
    Decks {
        kicker: first(decking.kicker, beside.kicker),
        headline: lines(headline),
        subheadline: first(decking.subheadline, beside.subheadline),
        byline: without_dateline(&first(decking.byline, beside.byline)),
    }
}

/// Some skins print the issue's date behind the author, in the same line.
fn without_dateline(byline: &str) -> String {
    static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*(?:[《（(][^《（(]{0,24}){0,2}(?:19|20)\d\d\s*(?:年|-|/)\s*\d{1,2}\s*(?:月|-|/)\s*\d{1,2}.*$")
            .expect("a sound pattern")
    });
    byline.lines().map(|line| DATELINE.replace(line, "")).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Decks by their place: headings before the headline and after it, up to the first thing that is none.
fn beside(headline: ElementRef<'_>) -> Decks {
    let named = |element: &ElementRef<'_>, words: &[&str]| {
        let class =
            element.attribute("class").or(element.attribute("id")).unwrap_or_default().to_ascii_lowercase();
        words.iter().any(|word| class.contains(word))
    };
    let heading =
        |element: &ElementRef<'_>| matches!(element.value().name(), "h2" | "h3" | "h4" | "h5" | "h6");
    let short = |element: &ElementRef<'_>| {
        line(*element).chars().count() <= LONGEST_DECK
            && element.select(selector("img, table, a[href]")).next().is_none()
    };
    let siblings = |before: bool| {
        let next: Box<dyn Iterator<Item = _>> =
            if before { Box::new(headline.prev_siblings()) } else { Box::new(headline.next_siblings()) };
        let near = next.filter_map(ElementRef::wrap).take(6).take_while(short);
        near.filter(|element| !line(*element).is_empty()).collect::<Vec<_>>()
    };
    let mut decks = Decks::default();
    let is_kicker = |element: &&ElementRef<'_>| {
        heading(element) || named(element, &["intro", "yinti", "pretitle", "leading", "kicker", "primer"])
    };
    decks.kicker =
        siblings(true).iter().take(1).find(is_kicker).map(|element| lines(*element)).unwrap_or_default();
    let names_author = |element: &ElementRef<'_>| named(element, &["author", "zuozhe", "byline", "writer"]);
    let behind = siblings(false);
    // A heading that speaks of reporters is a byline only where the template has no place for one.
    let has_author = behind.iter().any(names_author);
    for element in behind {
        let words = lines(element);
        let told = names_author(&element) || heading(&element) && !has_author && reads_like_byline(&words);
        if decks.byline.is_empty() && (told || !decks.subheadline.is_empty() && reads_like_byline(&words)) {
            decks.byline = words;
        } else if decks.byline.is_empty()
            && decks.subheadline.is_empty()
            && (heading(&element) || named(&element, &["sub", "futi"]))
        {
            decks.subheadline = words;
        } else {
            break;
        }
    }
    decks
}

/// Table skins: rows of cells, the headline's of one class, the others' of another.
fn cells(document: &Document<'_>) -> Decks {
    for (headline_class, other_class) in CELL_CLASSES {
        let found: Vec<ElementRef<'_>> = document.all(&format!("td.{headline_class}, td.{other_class}"));
        let is_headline =
            |cell: &ElementRef<'_>| cell.value().classes().any(|class| class == *headline_class);
        let at =
            found.iter().position(|cell| is_headline(cell) && !lines(*cell).is_empty() && !is_in_body(*cell));
        let Some(at) = at else { continue };
        // Cells of the headline's table only: menus use the same classes.
        let table = |cell: &ElementRef<'_>| enclosing(*cell, &["table"]).map(|table| table.id());
        let home = table(&found[at]);
        let near = |cell: &&ElementRef<'_>| table(cell) == home && !is_headline(cell);
        let before: Vec<String> = found[..at].iter().filter(near).map(|cell| lines(*cell)).collect();
        let after = found[at + 1..].iter().take_while(|cell| !is_headline(cell));
        let after: Vec<String> = after.filter(near).map(|cell| lines(*cell)).collect();
        if before.is_empty() && after.is_empty() {
            continue;
        }
        return arranged(&before, lines(found[at]), &after);
    }
    Decks::default()
}

/// The decks in the rows (or blocks) beside the one that holds the headline.
fn rows(document: &Document<'_>) -> Decks {
    for css in HEADLINES {
        let holder = document.select(css).find(|element| !line(*element).is_empty() && !is_in_body(*element));
        let Some(holder) = holder else { continue };
        let row = enclosing(holder, &["tr"]).filter(|row| line(*row).chars().count() <= LONGEST_DECK);
        let row = row.unwrap_or(holder);
        let is_deck = |element: &ElementRef<'_>| {
            let words = line(*element);
            words.chars().count() <= LONGEST_DECK
                && element.select(selector("img, #ozoom, founder-content, #newspic, input")).next().is_none()
        };
        let of = |element: ElementRef<'_>| {
            let printed = printed_lines(element, LONGEST_DECK, |_| false);
            let kept = printed.into_iter().filter(|line| {
                !line.linked && PageLabel::parse(&line.text).is_none() && parse_date(&line.text).is_none()
            });
            kept.map(|line| line.text).collect::<Vec<_>>().join("\n")
        };
        let siblings = |forward: bool| -> Vec<String> {
            let nodes: Box<dyn Iterator<Item = _>> =
                if forward { Box::new(row.next_siblings()) } else { Box::new(row.prev_siblings()) };
            nodes.filter_map(ElementRef::wrap).take(4).take_while(is_deck).map(of).collect()
        };
        let mut before = siblings(false);
        before.reverse();
        let decks = arranged(&before, lines(holder), &siblings(true));
        if !decks.headline.is_empty() {
            return decks;
        }
    }
    Decks::default()
}

/// Rows before and behind a headline, as decks. Where both rows behind it are there, empty or not, their order
/// tells; one alone is told by how it reads.
fn arranged(before: &[String], headline: String, after: &[String]) -> Decks {
    let kicker = before.iter().rev().find(|text| !text.is_empty()).cloned().unwrap_or_default();
    let filled: Vec<&String> = after.iter().filter(|text| !text.is_empty()).collect();
    let (subheadline, byline) = match filled[..] {
        [] => (String::new(), String::new()),
        [one] if reads_like_byline(one) => (String::new(), one.clone()),
        [one] if after.len() >= 2 && after[0].is_empty() => (String::new(), one.clone()),
        [one] => (one.clone(), String::new()),
        [first, second] => (first.clone(), second.clone()),
        [first, .., last] if reads_like_byline(last) => {
            let middle = filled[1..filled.len() - 1].iter().map(|text| text.as_str());
            (std::iter::once(first.as_str()).chain(middle).collect::<Vec<_>>().join("\n"), last.clone())
        }
        [first, second, ..] => (first.clone(), second.clone()),
    };
    Decks { kicker, headline, subheadline, byline }
}

/// Some templates repeat the headline and the byline at the body's head.
pub(crate) fn drop_repeated(blocks: &mut Vec<Block>, decks: &Decks) {
    let known: Vec<String> = [&decks.kicker, &decks.headline, &decks.subheadline, &decks.byline]
        .into_iter()
        .map(|deck| flat(deck))
        .filter(|deck| deck.chars().count() > 3)
        .collect();
    let mut looked_at = 0;
    blocks.retain(|block| {
        let (Block::Paragraph { text } | Block::Subheading { text }) = block else { return true };
        looked_at += 1;
        looked_at > 4 || !known.contains(&flat(text))
    });
}

/// "本报记者 某某", "某某 文/图", "■某某".
pub(crate) fn is_worded_like_byline(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "记者",
        "記者",
        "通讯员",
        "作者",
        "本报",
        "特约",
        "实习生",
        "文/",
        "图/",
        "摄影",
        "撰文",
        "编辑",
        "评论员",
        "/文",
        "文图",
    ];
    let flat = flat(text);
    let told = WORDS.iter().any(|word| flat.contains(word)) || flat.starts_with(['■', '□', '●', '◎', '◆']);
    told && flat.chars().count() <= 60 && !flat.ends_with(['。', '！', '？'])
}

/// In a byline's place a name alone is one.
fn reads_like_byline(text: &str) -> bool {
    is_worded_like_byline(text) || (2..=4).contains(&flat(text).chars().count())
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The document's title without the newspaper's name.
fn title(document: &Document<'_>) -> String {
    let Some(title) = document.first("title").map(|title| line_of_title(title)) else { return String::new() };
    let mut parts: Vec<&str> = title.split(['-', '_', '|', '—']).map(str::trim).collect();
    parts.retain(|part| !part.is_empty() && publication_in_title(part).is_none());
    parts.first().map(|part| (*part).to_owned()).unwrap_or_default()
}

fn line_of_title(title: ElementRef<'_>) -> String {
    kanbao_newspaper::label::squeeze(&title.text().take(8).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    fn decks(body: &str) -> Decks {
        let url = Url::parse("http://a.cn/html/2020-01/02/content_5.htm").unwrap();
        let document = Document::parse(&url, body, &mut Vec::new());
        let properties = Properties::of(body);
        read(&document, &properties, &mut Reading::default())
    }

    #[test]
    fn every_template_names_its_decks_in_its_own_way() {
        for markup in [
            "<table><tr><td class=font02>引</td></tr><tr><td class=font01>标题</td></tr><tr><td class=font02>副</td></tr><tr><td class=font02>本报记者 某某</td></tr></table>",
            "<table><tr><td class=font02><!--<npm:article-pretitle>-->引<!--</npm:article-pretitle>--></td></tr><tr><td class=font01><founder-title><!--<npm:article-title>-->标题<!--</npm:article-title>--></founder-title></td></tr><tr><td class=font02><!--<npm:article-subtitle>-->副<!--</npm:article-subtitle>--></td></tr><tr><td class=font02><founder-author><!--<npm:article-author>-->本报记者 某某<!--</npm:article-author>--></founder-author></td></tr></table>",
            "<table class=wz><tr><td>引</td></tr><tr><td><p class=BSHARE_TEXT>标题</p></td></tr><tr><td>副</td></tr><tr><td>本报记者 某某</td></tr></table>",
            "<table><tr><td class=bt2>引</td></tr><tr><td class=bt1><b>标题</b></td></tr><tr><td class=bt2>副</td></tr><tr><td class=bt2>本报记者 某某</td></tr></table>",
            "<div class=text_c><h3>引</h3><h1>标题</h1><h2>副</h2><h4>本报记者 某某</h4></div>",
            "<div class=article><h2 class=leading_title>引</h2><h1>标题</h1><h2 class=subtitle>副</h2><p class=author>本报记者 某某</p><div class=text>文</div></div>",
            "<p id=PreTitle>引</p><h2 id=Title>标题</h2><p id=SubTitle>副</p><p id=Author>本报记者 某某</p>",
            "<h3>引</h3><h1>标题</h1><h2>副</h2><h4>本报记者 某某</h4>",
        ] {
            let found = decks(markup);
            let found = [found.kicker, found.headline, found.subheadline, found.byline];
            assert_eq!(found, ["引", "标题", "副", "本报记者 某某"], "{markup}");
        }
    }

    #[test]
    fn rows_that_are_missing_or_empty() {
        let row = |class: &str, text: &str| format!("<tr valign=top><td class={class}>{text}</td></tr>");
        for (rows, kicker, subheadline, byline) in [
            (vec![("font01", "标题")], "", "", ""),
            (vec![("font02", ""), ("font01", "标题"), ("font02", ""), ("font02", "林某")], "", "", "林某"),
            (
                vec![("font02", "引"), ("font01", "标题"), ("font02", "本报记者 林某")],
                "引",
                "",
                "本报记者 林某",
            ),
            (vec![("font01", "标题"), ("font02", "——记沿河书屋的一年")], "", "——记沿河书屋的一年", ""),
        ] {
            let table: String = rows.iter().map(|(class, text)| row(class, text)).collect();
            let found = decks(&format!("<table class=wz><tbody>{table}</tbody></table>"));
            let found = [found.kicker, found.headline, found.subheadline, found.byline];
            assert_eq!(found, [kicker, "标题", subheadline, byline], "{rows:?}");
        }
    }

    #[test]
    fn lines_of_a_headline_stay_apart() {
        assert_eq!(
            decks("<table><tr><td class=font01>河边的灯<br>亮到十点</td></tr></table>").headline,
            "河边的灯\n亮到十点"
        );
    }

    #[test]
    fn a_subheadline_may_speak_of_reporters() {
        let found = decks(
            "<div class=article><h1>不眠的城</h1><h2>晚报记者守到天亮</h2><p class=author>林河</p><div class=text>文</div></div>",
        );
        assert_eq!((found.subheadline.as_str(), found.byline.as_str()), ("晚报记者守到天亮", "林河"));
    }

    #[test]
    fn a_byline_ends_before_its_dateline() {
        for (line, byline) in [
            ("本报记者 林河", "本报记者 林河"),
            ("本报记者 林河 《示例日报》（2026年11月24日 第01版）", "本报记者 林河"),
            ("本报记者 林河 2026-11-24", "本报记者 林河"),
            ("《 示例日报 》（ 2026年11月24日   第 01 版）", ""),
        ] {
            assert_eq!(without_dateline(line), byline, "{line}");
        }
    }

    #[test]
    fn the_sites_own_heading_is_no_headline() {
        let found = decks(
            "<h1>示例日报数字报</h1><div id=ozoom>文</div><!--enpproperty <founder-title>河边的灯</founder-title><founder-author>林某</founder-author> /enpproperty-->",
        );
        assert_eq!((found.headline.as_str(), found.byline.as_str()), ("河边的灯", "林某"));
        assert_eq!(decks("<title>河边的灯-示例晚报</title><div id=ozoom>文</div>").headline, "河边的灯");
    }
}
