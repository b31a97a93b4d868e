//! What is printed anywhere on a page: its date, its publication, who owns it.

use crate::html::Document;
use crate::reading::{Reading, Rule};
use kanbao_newspaper::Date;
use kanbao_newspaper::label::squeeze;
use regex::Regex;
use std::sync::LazyLock;

/// What is shown of what a rule saw.
pub(crate) const SEEN_CHARACTERS: usize = 80;

pub(crate) fn rule(reading: &mut Reading, field: &'static str, rule: &str, saw: Option<&str>) {
    let cut = |saw: &str| saw.char_indices().nth(SEEN_CHARACTERS).map_or(saw.len(), |(end, _)| end);
    let saw_short = saw.map(|saw| saw[..cut(saw)].to_owned());
    reading.rules.push(Rule { field, rule: rule.to_owned(), matched: saw.is_some(), saw: saw_short });
}

static PRINTED_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日").expect("a sound pattern")
});

static PLAIN_DATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})").expect("a sound pattern"));

fn date_of(pattern: &Regex, text: &str) -> Option<Date> {
    let found = pattern.captures(text)?;
    let number = |index: usize| found.get(index).and_then(|part| part.as_str().parse::<i16>().ok());
    Date::new(number(1)?, number(2)? as i8, number(3)? as i8).ok()
}

/// "2017-10-09 23:59:57", "2017/10/09", "2017年10月9日".
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    date_of(&PRINTED_DATE, text).or_else(|| date_of(&PLAIN_DATE, text))
}

/// The dates of the datelines: short lines that hold a date, and beside it at most a weekday, the lunar
/// date, the issue's number, the page and the paper's name. A headline that names a day is none.
pub(crate) fn printed_dates(document: &Document<'_>) -> Vec<Date> {
    let mut dates = Vec::new();
    for line in document.datelines() {
        if let Some(date) = dateline(&line.text)
            && !dates.contains(&date)
        {
            dates.push(date);
        }
    }
    dates
}

fn dateline(line: &str) -> Option<Date> {
    static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"星期\s*[一二三四五六日天]?|周[一二三四五六日]").expect("a sound pattern")
    });
    static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"第?\s*[A-Za-z]{0,3}\d+\s*[期版号]|总?第?\s*\d+\s*期|(?:农历|農曆|夏历).{0,12}|今日|当前日期|当前版|出版|日期|时间|[\p{Han}A-Za-z·]{0,16}[报報刊][社]?|[\d\s\p{P}|+]")
            .expect("a sound pattern")
    });
    let date = date_of(&PRINTED_DATE, line)?;
    if WEEKDAY.is_match(line) {
        return Some(date);
    }
    let beside = PRINTED_DATE.replace_all(line, "");
    BESIDE.replace_all(&beside, "").trim().is_empty().then_some(date)
}

static PAPER_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{Han}A-Za-z0-9·]{1,20}(?:报|刊|時報|报纸|參考|参考|天地|文摘|電訊|电讯|Daily|News)$")
        .expect("a sound pattern")
});

/// A publication's name out of a document's title: "江西日报数字报-第A01版：头版", "长沙晚报_2020-01-02".
pub(crate) fn publication_in_title(title: &str) -> Option<String> {
    let title = squeeze(title);
    let separators = |c: char| {
        matches!(
            c,
            '-' | '_'
                | '—'
                | '–'
                | '|'
                | ':'
                | '：'
                | '>'
                | '»'
                | '/'
                | ','
                | '，'
                | '('
                | '（'
                | '['
                | '【'
                | '《'
                | '》'
                | ')'
                | '）'
                | ']'
                | '】'
        ) || c.is_whitespace()
    };
    title.split(separators).filter(|part| !part.is_empty()).find_map(|part| {
        let mut name = part;
        let mut is_digital = false;
        for suffix in [
            "多媒体数字报",
            "多媒体数字版",
            "多媒体电子版",
            "数字报刊平台",
            "数字报刊",
            "数字报纸",
            "数字报",
            "數字報",
            "电子版",
            "電子版",
            "电子报",
            "电子报纸",
            "多媒体报",
            "网络版",
            "首页",
        ] {
            if let Some(shorter) = name.strip_suffix(suffix) {
                (name, is_digital) = (shorter, true);
                break;
            }
        }
        let simple = name.replace('報', "报");
        let is_name = PAPER_NAME.is_match(&simple) || is_digital && (2..=20).contains(&name.chars().count());
        (is_name && !is_generic(name)).then(|| name.to_owned())
    })
}

/// Words that are a newspaper's name and nothing else: a link to one of a house's titles.
pub(crate) fn is_newspaper_name(words: &str) -> bool {
    let words = words.replace('報', "报");
    PAPER_NAME.is_match(&words) && !is_generic(&words) && !words.ends_with("海报")
}

/// "数字报" and its kin name a kind of thing, not a newspaper.
fn is_generic(name: &str) -> bool {
    ["数字报", "电子报", "电子版", "数字报刊", "报纸", "手机报", "本报", "首页", "欢迎访问"].contains(&name)
}

/// A title that is no longer than a name and says no page, for papers that are called neither 报 nor 刊.
pub(crate) fn bare_title(title: &str) -> Option<String> {
    let title = squeeze(title);
    let is_name = (2..=12).contains(&title.chars().count())
        && title.chars().all(|c| c.is_alphabetic() || c == '·' || c == ' ')
        && !title.is_ascii();
    (is_name && !is_generic(&title) && !title.contains("文档")).then_some(title)
}

/// Whether a line is a notice of who owns what stands here.
pub(crate) fn is_ownership_notice(line: &str) -> bool {
    static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)版权声明|版权所有|版權所有|版权归|著作权归|未经.{0,24}(?:授权|许可|同意|书面)|all rights reserved|copyright\s*(?:©|\(c\)|\d{4}|by)|©\s*\S")
            .expect("a sound pattern")
    });
    NOTICE.is_match(line)
}

/// The longest notice that is given whole.
const LONGEST_KEPT_NOTICE: usize = 300;

/// One line of it, cut at a sentence's end where it goes on for long.
pub(crate) fn condensed(notice: &str) -> String {
    let notice = squeeze(notice);
    let Some((cut, _)) = notice.char_indices().nth(LONGEST_KEPT_NOTICE) else { return notice };
    let head = &notice[..cut];
    match head.rfind('。') {
        Some(end) => head[..end + '。'.len_utf8()].to_owned(),
        None => format!("{head}…"),
    }
}

/// The line that says whose this is: the one with the most to say.
pub(crate) fn copyright(document: &Document<'_>) -> Option<String> {
    let mut best: Option<(u8, &str)> = None;
    for line in document.notices() {
        // A menu names the notice without being it.
        let menu = line.linked || line.text.matches(['|', '｜', '┊']).count() > 1;
        if menu || line.text.chars().count() < 6 || !is_ownership_notice(&line.text) {
            continue;
        }
        let says = |words: &[&str]| words.iter().any(|word| line.text.contains(word));
        let rank = u8::from(says(&["报", "報", "社", "集团", "©"])) * 2
            + u8::from(says(&[
                "版权所有",
                "版权声明",
                "版權所有",
                "未经",
                "Copyright",
                "COPYRIGHT",
                "copyright",
            ]))
            + u8::from(says(&["未经"]));
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, &line.text));
        }
    }
    best.map(|(_, line)| condensed(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_titles() {
        for (title, name) in [
            ("中国纪检监察报", Some("中国纪检监察报")),
            ("江西日报数字报-第A01版：头版", Some("江西日报")),
            ("长沙晚报_2020-01-02", Some("长沙晚报")),
            ("河边的灯亮了-示例晚报", Some("示例晚报")),
            ("示例日报多媒体数字报 - 首页", Some("示例日报")),
            ("澳門日報電子版", Some("澳門日報")),
            ("小学生读书看见的一切", None),
            ("", None),
        ] {
            assert_eq!(publication_in_title(title).as_deref(), name, "{title}");
        }
    }

    #[test]
    fn a_dateline_is_told_from_a_sentence() {
        let date = Some(Date::constant(2017, 10, 9));
        for line in [
            "2017年10月9日　星期一",
            "2017年10月09日 星期一 农历丁酉年八月二十 第12345期 今日8版",
            "示例日报 2017年10月9日",
            "2017年10月9日 第1234期 出版",
            "第A01版 2017年10月09日",
            "《 示例日报 》（ 2017年10月9日 01 版）",
        ] {
            assert_eq!(dateline(line), date, "{line}");
        }
        for line in
            ["2017年10月9日起施行", "（2017年10月9日第三次会议通过）", "截至2017年10月9日，水位已退", ""]
        {
            assert_eq!(dateline(line), None, "{line}");
        }
    }

    #[test]
    fn long_notices_end_with_a_sentence() {
        let long = format!("版权声明：{}。{}", "甲".repeat(200), "乙".repeat(200));
        assert!(condensed(&long).ends_with("甲。"));
        assert_eq!(condensed("版权声明：\n  本报所有。"), "版权声明： 本报所有。");
    }

    #[test]
    fn bare_titles_are_names_at_most() {
        assert_eq!(bare_title(" 河与灯 ").as_deref(), Some("河与灯"));
        for title in ["", "无标题文档", "首页", "Untitled Document", "第01版：要闻", "数字报"]
        {
            assert_eq!(bare_title(title), None, "{title}");
        }
    }

    #[test]
    fn dates_as_printed() {
        let date = Some(Date::constant(2017, 10, 9));
        for text in ["2017-10-09 23:59:57", "2017年10月9日　星期一", "2017 年 10 月 09 日", "2017/10/9"]
        {
            assert_eq!(parse_date(text), date, "{text}");
        }
        assert_eq!(parse_date("2017年13月9日"), None);
        assert_eq!(parse_date("第09版"), None);
    }
}
