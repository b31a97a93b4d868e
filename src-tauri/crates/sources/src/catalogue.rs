//! The newspapers known by name, and finding one as a reader types it: in characters, pinyin or initials.
//!
//! The table is data: `catalogue/papers.tsv`, whose head says what its columns mean.

use crate::Family;
use kanbao_newspaper::Date;
use std::sync::LazyLock;

static TABLE: &str = include_str!("../catalogue/papers.tsv");

static PAPERS: LazyLock<Vec<Paper>> =
    LazyLock::new(|| parse(TABLE).expect("a test holds that the catalogue reads"));

/// Site families by name, those that a later version reads among them.
const FAMILIES: &[&str] = &[
    "founder-classic",
    "founder-new",
    "paper-index",
    "bjd-mobile",
    "json-bjnews",
    "json-jfdaily",
    "json-stdaily",
    "json-szb",
    "svg-pages",
];

/// Provinces in their customary order, after the newspapers of the whole country.
const PROVINCES: &[&str] = &[
    "全国",
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "台湾",
];

/// Nobody types more to find a newspaper.
const MOST_TYPED: usize = 60;

/// One newspaper of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub id: &'static str,
    pub name: &'static str,
    /// Syllables parted by blanks.
    pub pinyin: &'static str,
    /// Other ways to write the name, parted by blanks.
    pub also: &'static str,
    /// Province and city parted by a blank; empty where not known.
    pub region: &'static str,
    pub publisher: Option<&'static str>,
    pub site: Site,
    pub pairing: Pairing,
    /// When an issue was last read from there; nothing where nobody tried.
    pub tried: Option<Date>,
    pub note: Option<&'static str>,
    /// Addresses that were right once.
    pub former: Vec<&'static str>,
    address: &'static str,
}

/// What is known of how a newspaper's site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// A family by its name, which this version may or may not read.
    Family(&'static str),
    /// A kind of site that is no family of ours.
    Other,
    Unknown,
}

/// How a name and an address came together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairing {
    /// A public program or page says both.
    Stated,
    /// The address has the name's initials or its pinyin.
    Spelled,
    /// From two lists in one order, or from whose site it is.
    Inferred,
}

impl Pairing {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Spelled => "spelled",
            Self::Inferred => "inferred",
        }
    }
}

impl Paper {
    /// Where to begin: a page of the given day where the site has no entrance of its own.
    pub fn address(&self, day: Date) -> String {
        self.address
            .replace("%Y", &format!("{:04}", day.year()))
            .replace("%m", &format!("{:02}", day.month()))
            .replace("%d", &format!("{:02}", day.day()))
    }

    /// The family's name, or `other`; nothing where it is not known.
    pub fn family(&self) -> Option<&'static str> {
        match self.site {
            Site::Family(name) => Some(name),
            Site::Other => Some("other"),
            Site::Unknown => None,
        }
    }

    /// Whether this version reads the site; nothing where only trying can tell.
    pub fn readable(&self) -> Option<bool> {
        match self.site {
            Site::Family(name) => Some(name.parse::<Family>().is_ok()),
            Site::Other => Some(false),
            Site::Unknown => None,
        }
    }

    /// How well one folded word of a query fits, the smaller the better; nothing where it does not.
    fn fit(&self, word: &str) -> Option<u32> {
        let named = |name: &str| {
            let name = fold(name);
            let name = name.replace(' ', "");
            if name == word {
                Some(0)
            } else if name.starts_with(word) {
                Some(1)
            } else {
                name.contains(word).then_some(3)
            }
        };
        let elsewhere = || {
            if self.region.contains(word) {
                return Some(5);
            }
            self.publisher.is_some_and(|publisher| fold(publisher).contains(word)).then_some(6)
        };
        let names = std::iter::once(self.name).chain(self.also.split(' ')).filter(|name| !name.is_empty());
        names.filter_map(named).chain(self.spelled(word)).min().or_else(elsewhere)
    }

    /// The same for pinyin: in full, by initials, or any mixture of beginnings of syllables.
    fn spelled(&self, word: &str) -> Option<u32> {
        let syllables: Vec<&str> = self.pinyin.split(' ').collect();
        let initials: String = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
        if word == initials || word == syllables.concat() {
            return Some(0);
        }
        if begins(&syllables, word) {
            return Some(2);
        }
        (1..syllables.len()).any(|from| begins(&syllables[from..], word)).then_some(4)
    }
}

/// Every newspaper, by region.
pub fn all() -> &'static [Paper] {
    &PAPERS
}

/// The newspapers that fit every word of a query, best first; all of them where nothing was typed.
pub fn search(query: &str, limit: usize) -> Vec<&'static Paper> {
    let typed: String = query.chars().take(MOST_TYPED).collect();
    let folded = fold(&typed);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let fit = |paper: &Paper| words.iter().map(|word| paper.fit(word)).sum::<Option<u32>>();
    let mut found: Vec<(u32, usize, &Paper)> = all()
        .iter()
        .filter_map(|paper| {
            // Of two that fit alike the shorter name is the likelier one.
            let length = if words.is_empty() { 0 } else { paper.name.chars().count() };
            Some((fit(paper)?, length, paper))
        })
        .collect();
    // Stable: what fits alike stays in the order of regions.
    found.sort_by_key(|&(fit, length, _)| (fit, length));
    found.into_iter().map(|(_, _, paper)| paper).take(limit).collect()
}

/// Whether something typed is made of the beginnings of these syllables, one after the other.
fn begins(syllables: &[&str], typed: &str) -> bool {
    if typed.is_empty() {
        return true;
    }
    let Some((first, rest)) = syllables.split_first() else { return false };
    let shared = first.bytes().zip(typed.bytes()).take_while(|(ours, theirs)| ours == theirs).count();
    (1..=shared).rev().any(|length| begins(rest, &typed[length..]))
}

/// Text as it is compared: half-width, lower case, blanks single, without marks.
fn fold(text: &str) -> String {
    let mut folded = String::new();
    for c in text.chars() {
        let half = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            'ü' | 'Ü' => 'v',
            _ => c,
        };
        if half.is_alphanumeric() {
            folded.extend(half.to_lowercase());
        } else if half.is_whitespace() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded
}

fn parse(table: &'static str) -> Result<Vec<Paper>, String> {
    let rows = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let columns = "id\tname\tpinyin\talso\tregion\tpublisher\tfamily\taddress\tformer\tpairing\ttried\tnote";
    let mut rows = rows.skip_while(|line| *line == columns);
    rows.try_fold(Vec::new(), |mut papers, row| {
        papers.push(parse_row(row).map_err(|problem| format!("{row:?}: {problem}"))?);
        Ok(papers)
    })
}

fn parse_row(row: &'static str) -> Result<Paper, String> {
    let columns: Vec<&'static str> = row.split('\t').collect();
    let [id, name, pinyin, also, region, publisher, family, address, former, pairing, tried, note] =
        columns[..]
    else {
        return Err(format!("{} columns, where there should be 12", columns.len()));
    };
    let given = |text: &'static str| (!text.is_empty()).then_some(text);
    let site = match family {
        "other" => Site::Other,
        "unknown" => Site::Unknown,
        name if FAMILIES.contains(&name) || name.parse::<Family>().is_ok() => Site::Family(name),
        _ => return Err(format!("{family:?} is no family")),
    };
    let pairing = match pairing {
        "stated" => Pairing::Stated,
        "spelled" => Pairing::Spelled,
        "inferred" => Pairing::Inferred,
        _ => return Err(format!("{pairing:?} says nothing of where the pairing comes from")),
    };
    let tried = match tried {
        "never" => None,
        date => Some(date.parse().map_err(|_| format!("{date:?} is neither \"never\" nor a date"))?),
    };
    if !region.is_empty() && !region.split(' ').next().is_some_and(|first| PROVINCES.contains(&first)) {
        return Err(format!("{region:?} is in no province"));
    }
    Ok(Paper {
        id,
        name,
        pinyin,
        also,
        region,
        publisher: given(publisher),
        site,
        pairing,
        tried,
        note: given(note),
        former: former.split(' ').filter(|address| !address.is_empty()).collect(),
        address,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use url::Url;

    fn found(query: &str) -> Vec<&'static str> {
        search(query, usize::MAX).iter().map(|paper| paper.name).collect()
    }

    fn best(query: &str) -> &'static str {
        found(query).first().copied().unwrap_or_default()
    }

    fn paper(name: &str) -> &'static Paper {
        all().iter().find(|paper| paper.name == name).expect("it is in the catalogue")
    }

    #[test]
    fn every_row_reads() {
        let papers = parse(TABLE).unwrap();
        let rows = TABLE.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).count();
        // One of them is the head of the columns.
        assert_eq!(papers.len(), rows - 1);
        assert!(papers.len() >= 180, "{}", papers.len());
    }

    #[test]
    fn rows_that_do_not_read_are_refused() {
        let row = "a\t甲报\tjia bao\t\t全国\t\tfounder-new\thttp://a.cn/\t\tstated\tnever\t";
        assert!(parse_row(row).is_ok());
        for (right, wrong) in [
            ("founder-new", "founder"),
            ("stated", ""),
            ("never", "once"),
            ("全国", "某省"),
            ("\thttp", " http"),
        ] {
            let row: &'static str = row.replace(right, wrong).leak();
            assert!(parse_row(row).is_err(), "{wrong}");
        }
    }

    #[test]
    fn ids_names_and_addresses_are_each_their_own() {
        let mut ids = HashSet::new();
        let mut names = HashSet::new();
        let mut addresses = HashSet::new();
        for paper in all() {
            assert!(ids.insert(paper.id), "{}", paper.id);
            assert!(names.insert(paper.name), "{}", paper.name);
            assert!(addresses.insert(paper.address), "{}", paper.address);
        }
    }

    #[test]
    fn addresses_can_be_asked() {
        let day = Date::new(2026, 1, 5).unwrap();
        for paper in all() {
            let former = paper.former.iter().map(|&former| Paper { address: former, ..paper.clone() });
            for paper in std::iter::once(paper.clone()).chain(former) {
                let address = paper.address(day);
                let url = Url::parse(&address).unwrap_or_else(|error| panic!("{address}: {error}"));
                assert!(matches!(url.scheme(), "http" | "https"), "{address}");
                assert!(url.host_str().is_some_and(|host| host.contains('.')), "{address}");
                assert!(!address.contains(['%', '{', '|', ' ']), "{address}");
            }
        }
        assert_eq!(
            paper("天津日报").address(day),
            "http://epaper.tianjinwe.com/tjrb/tjrb/2026-01/05/node_1.htm"
        );
        assert_eq!(paper("国家电网报").address(day), "https://epaper.sgcctop.com/202601/05/");
    }

    #[test]
    fn pinyin_is_of_the_name() {
        for (name, pinyin) in [
            ("人民日报", "ren min ri bao"),
            ("重庆晨报", "chong qing chen bao"),
            ("长沙晚报", "chang sha wan bao"),
            ("长寿日报", "chang shou ri bao"),
            ("厦门日报", "xia men ri bao"),
            ("楚天都市报", "chu tian du shi bao"),
            ("昌都报", "chang du bao"),
            ("南充日报", "nan chong ri bao"),
            ("中国旅游报", "zhong guo lv you bao"),
            ("澳門日報", "ao men ri bao"),
            ("经济参考报", "jing ji can kao bao"),
        ] {
            assert_eq!(paper(name).pinyin, pinyin);
        }
        for paper in all() {
            let syllables: Vec<&str> = paper.pinyin.split(' ').collect();
            assert_eq!(paper.id, syllables.concat(), "{}", paper.name);
            let characters = paper.name.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
            let digits = paper.name.chars().filter(char::is_ascii_digit).count();
            // 21 is read as three characters; （期刊） is no part of a title.
            let read =
                characters + if digits > 0 { 3 } else { 0 } - if paper.name.contains('（') { 2 } else { 0 };
            assert_eq!(syllables.len(), read, "{}", paper.name);
            assert!(paper.pinyin.bytes().all(|b| b.is_ascii_lowercase() || b == b' '), "{}", paper.pinyin);
        }
    }

    #[test]
    fn what_is_said_to_be_spelled_is() {
        for paper in all().iter().filter(|paper| paper.pairing == Pairing::Spelled) {
            let initials: String = paper.pinyin.split(' ').filter_map(|s| s.chars().next()).collect();
            let address = paper.address.to_lowercase();
            assert!(address.contains(&initials) || address.contains(paper.id), "{}: {address}", paper.name);
        }
    }

    #[test]
    fn regions_are_in_their_order() {
        let place = |paper: &Paper| {
            let province = paper.region.split(' ').next().unwrap_or_default();
            PROVINCES.iter().position(|known| *known == province).expect("every row has a province")
        };
        assert!(all().is_sorted_by_key(place));
    }

    #[test]
    fn nothing_is_said_to_be_tried_that_was_not() {
        // Whoever tries one writes the date into its row, and it into this list.
        let tried: Vec<&str> =
            all().iter().filter(|paper| paper.tried.is_some()).map(|paper| paper.name).collect();
        assert_eq!(tried, [""; 0]);
    }

    #[test]
    fn what_this_version_reads_is_what_its_readers_say() {
        for paper in all() {
            let ours = matches!(paper.site, Site::Family(name) if name.parse::<Family>().is_ok());
            let unknown = paper.site == Site::Unknown;
            assert_eq!(paper.readable(), (!unknown).then_some(ours), "{}", paper.name);
        }
        assert_eq!(paper("天津日报").readable(), Some(true));
        assert_eq!(paper("怒江日报").readable(), Some(true), "by a built-in recipe");
        assert_eq!(paper("经济观察报").readable(), Some(false));
        assert_eq!(paper("昌都报").readable(), None);
        assert_eq!(paper("昌都报").family(), None);
    }

    #[test]
    fn found_by_characters_pinyin_and_initials() {
        for query in [
            "人民日报",
            "renminribao",
            "rmrb",
            "RMRB",
            "ｒｍｒｂ",
            "《人民日报》",
            " 人民日报　",
            "renmrb",
            "ren min ri bao",
        ] {
            assert_eq!(best(query), "人民日报", "{query}");
        }
        assert_eq!(found("人民日报")[..2], ["人民日报", "人民日报海外版"]);
        assert_eq!(best("长沙"), "长沙晚报");
        assert_eq!(best("changsha"), "长沙晚报");
        assert_eq!(best("cswb"), "长沙晚报");
        assert_eq!(best("21世纪"), "21世纪经济报道");
        assert_eq!(best("２１世纪"), "21世纪经济报道");
        assert_eq!(best("澳门日报"), "澳門日報");
        assert_eq!(best("macao"), "澳門日報");
        assert_eq!(best("lvyou"), "中国旅游报");
        assert_eq!(best("lüyou"), "中国旅游报");
    }

    #[test]
    fn found_by_region_and_publisher() {
        assert!(found("山东").contains(&"青岛晚报"));
        assert_eq!(best("山东"), "山东商报");
        assert_eq!(
            found("山东 晚报").len(),
            found("山东").iter().filter(|name| name.ends_with("晚报")).count()
        );
        assert!(found("深圳报业集团").contains(&"晶报"));
        assert_eq!(found("深圳报业集团").len(), 4);
    }

    #[test]
    fn the_middle_of_a_name_comes_after_its_beginning() {
        let names = found("wanbao");
        assert!(names.len() > 10);
        let names = found("新华");
        assert!(
            names.iter().position(|name| *name == "新华日报")
                < names.iter().position(|name| *name == "经济参考报")
        );
    }

    #[test]
    fn nothing_typed_is_everything_and_nonsense_is_nothing() {
        assert_eq!(search("", usize::MAX).len(), all().len());
        assert_eq!(search(" 　", usize::MAX)[0].name, all()[0].name);
        assert_eq!(search("", 7).len(), 7);
        assert_eq!(found("没有这样的报"), [""; 0]);
        assert_eq!(found("qqqq"), [""; 0]);
        assert_eq!(found(&"a".repeat(100_000)), [""; 0]);
        // Marks alone are nothing typed.
        assert_eq!(search("《》", usize::MAX).len(), all().len());
    }
}
