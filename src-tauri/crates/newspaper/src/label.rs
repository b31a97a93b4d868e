//! What a page is called: its printed number and its section's name.

use serde::{Deserialize, Serialize};

/// "第A01版：头版" is number "A01", name "头版".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLabel {
    pub number: String,
    pub name: String,
}

impl PageLabel {
    /// Reads a page's label as the sites write it: `第01版：要闻`, `01版:要闻`, `第1版 要闻`,
    /// `A01： 头版`, `(A01)要闻`, `第06-07版：特刊`, `第十二版：副刊`. Anything else is no label.
    pub fn parse(text: &str) -> Option<Self> {
        // Every link of a page is asked: most words begin like none.
        if !text.trim_start_matches(is_blank).starts_with(may_begin_label) {
            return None;
        }
        let text = squeeze(text);
        let mut rest = text.as_str();
        let opened = strip_any(&mut rest, OPENINGS);
        let ordinal = strip_any(&mut rest, &["第"]);
        let number = take_number(&mut rest)?;
        rest = rest.trim_start();
        let closed = opened && strip_any(&mut rest, &[")", "）", "]", "】"]);
        let page_word = strip_any(&mut rest, &["版"]);
        rest = rest.trim_start();
        let separated = strip_any(&mut rest, &[":", "：", "-", "—", "·", "、", "|"]);
        // A bare number, or a number run into words, is a date or a headline rather than a label.
        let told = page_word || closed || separated && (ordinal || number.len() <= 6);
        if !told {
            return None;
        }
        let name = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        Some(Self { number: normalise_number(&number), name: name.to_owned() })
    }
}

const OPENINGS: &[&str] = &["(", "（", "[", "【"];

const HAN_DIGITS: &str = "〇零一二三四五六七八九十";

fn may_begin_label(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '第'
        || OPENINGS.iter().any(|opening| opening.starts_with(c))
        || HAN_DIGITS.contains(c)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{200b}')
}

/// Joins runs of blanks (no-break and ideographic ones too) into one and trims.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

fn strip_any(rest: &mut &str, prefixes: &[&str]) -> bool {
    for prefix in prefixes {
        if let Some(after) = rest.strip_prefix(prefix) {
            *rest = after.trim_start();
            return true;
        }
    }
    false
}

/// Takes "01", "A01", "JSA01", "06-07", "0607", "十二" from the front.
fn take_number(rest: &mut &str) -> Option<String> {
    let text = *rest;
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > 4 {
        return None;
    }
    let digits = text[letters..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        let han: String = text.chars().take_while(|c| HAN_DIGITS.contains(*c)).collect();
        let value = chinese_number(&han)?;
        *rest = &text[han.len()..];
        return Some(format!("{value:02}"));
    }
    if digits > 6 {
        return None;
    }
    let mut end = letters + digits;
    // 合版: one sheet that carries two numbers.
    for joint in ["-", "－", "、", "/", "—", "~"] {
        if let Some(after) = text[end..].strip_prefix(joint) {
            let more = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if (1..=5).contains(&more) && after[..more].bytes().any(|b| b.is_ascii_digit()) {
                end += joint.len() + more;
            }
            break;
        }
    }
    *rest = &text[end..];
    Some(text[..end].replace(['－', '、', '/', '—', '~'], "-"))
}

fn chinese_number(han: &str) -> Option<u32> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u32);
    let chars: Vec<char> = han.chars().map(|c| if c == '〇' { '零' } else { c }).collect();
    match chars.iter().position(|&c| c == '十') {
        None if chars.len() == 1 => digit(chars[0]).filter(|&d| d > 0),
        Some(ten) if chars.len() <= 3 => {
            let tens = if ten == 0 { 1 } else { digit(chars[0])? };
            let ones = chars.get(ten + 1).map_or(Some(0), |&c| digit(c))?;
            (ten <= 1).then_some(tens * 10 + ones)
        }
        _ => None,
    }
}

/// Letters in upper case; "00001" is "01" (a generator pads to five digits), "1" stays as printed.
fn normalise_number(number: &str) -> String {
    let number = number.to_ascii_uppercase();
    let padded = number.len() > 3 && number.bytes().all(|b| b.is_ascii_digit()) && number.starts_with("00");
    if padded {
        let value = number.trim_start_matches('0');
        return format!("{value:0>2}");
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_as_sites_write_them() {
        let cases = [
            ("第A01版：头版", "A01", "头版"),
            ("第01版:要闻", "01", "要闻"),
            ("01版:要闻", "01", "要闻"),
            ("第1版　　　　　　要闻", "1", "要闻"),
            ("第1版：要闻", "1", "要闻"),
            ("A01： 头版", "A01", "头版"),
            ("(A01)要 闻", "A01", "要 闻"),
            ("（01）要闻", "01", "要闻"),
            ("第06-07版：特刊", "06-07", "特刊"),
            ("第0607版：特刊", "0607", "特刊"),
            ("第00001版：要闻", "01", "要闻"),
            ("第JSA01版：江苏", "JSA01", "江苏"),
            ("第十二版：副刊", "12", "副刊"),
            ("第03版", "03", ""),
            ("第 02 版 ： 综合\u{a0}新闻", "02", "综合 新闻"),
            ("a1版:周末", "A1", "周末"),
            ("第09版：砥砺奋进的5年·特别报道⑧", "09", "砥砺奋进的5年·特别报道⑧"),
        ];
        for (text, number, name) in cases {
            let label = PageLabel::parse(text).unwrap_or_else(|| panic!("{text} is a label"));
            assert_eq!((label.number.as_str(), label.name.as_str()), (number, name), "{text}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for text in
            ["", "下一版", "2017年7月22日", "要闻", "第一届大会开幕", "20171016", "G20峰会开幕", "第", "版"]
        {
            assert_eq!(PageLabel::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_label_with_a_number_or_none(text in "[第版A-Za-z0-9〇一十：:()（）\\-/ \u{3000}甲]{0,20}|.{0,20}") {
            if let Some(label) = PageLabel::parse(&text) {
                prop_assert!(!label.number.is_empty());
                prop_assert!(!label.number.contains(char::is_whitespace), "{:?}", label.number);
            }
            let squeezed = squeeze(&text);
            prop_assert_eq!(squeeze(&squeezed), squeezed);
        }
    }
}
