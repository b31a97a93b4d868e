//! Which charset a page is really in: byte order mark, header, markup, and what the bytes themselves say.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, Encoding, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED,
};

/// How far into a page its own word about the charset is looked for. Browsers stop at 1,024 bytes; template
/// comments push it further on some sites.
const MARKUP_BYTES: usize = 8 * 1024;

/// Bytes shown to the detector; more would not change its mind.
const SNIFFED_BYTES: usize = 512 * 1024;

/// A page as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// The encoding's standard name, e.g. "gb18030".
    pub encoding: &'static str,
    /// Some bytes made no sense and stand as U+FFFD.
    pub replaced: bool,
}

/// Reads bytes as text. A byte order mark decides, then the header's charset, then the markup's, then the
/// bytes; but a label that the bytes plainly contradict is not believed, since newspaper sites mislabel both
/// ways.
pub fn decode(body: &[u8], content_type: Option<&str>) -> Decoded {
    let (encoding, start) = match Encoding::for_bom(body) {
        Some(marked) => marked,
        None => (choose(body, content_type), 0),
    };
    let (text, replaced) = encoding.decode_without_bom_handling(&body[start..]);
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// Reads bytes in the charset of this name, whatever they say of themselves; nothing where there is no such charset.
pub fn decode_as(body: &[u8], charset: &str) -> Option<Decoded> {
    let encoding = Encoding::for_label(charset.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)?;
    // The larger of the two reads the same bytes and more.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let (text, replaced) = encoding.decode_with_bom_removal(body);
    Some(Decoded { text: text.into_owned(), encoding: encoding.name(), replaced })
}

fn choose(body: &[u8], content_type: Option<&str>) -> &'static Encoding {
    let labels = [
        content_type.and_then(header_label).and_then(|label| believable(label, body)),
        markup_label(body).and_then(|label| believable(label, body)),
    ];
    let labels = || labels.iter().flatten().copied();
    let label = labels().next();
    // Most pages are what they say, and UTF-8 without a fault is told faster than it is counted.
    if label.is_none_or(|label| label == UTF_8) && std::str::from_utf8(body).is_ok() {
        return UTF_8;
    }
    let evidence = Utf8Evidence::of(body);
    match label {
        Some(utf16) if utf16 == UTF_16LE || utf16 == UTF_16BE => utf16,
        _ if evidence.is_utf8() => UTF_8,
        Some(utf8) if utf8 == UTF_8 => labels().find(|other| *other != UTF_8).unwrap_or_else(|| sniff(body)),
        Some(legacy) => legacy,
        None => sniff(body),
    }
}

/// How much of the bytes reads as UTF-8.
struct Utf8Evidence {
    /// Characters of three or four bytes, as all of Chinese is.
    wide: usize,
    /// Characters of two bytes. A few GBK characters look like these by accident.
    narrow: usize,
    /// Places that are no UTF-8.
    bad: usize,
}

impl Utf8Evidence {
    fn of(body: &[u8]) -> Self {
        let mut evidence = Self { wide: 0, narrow: 0, bad: 0 };
        let mut rest = body.len();
        for chunk in body.utf8_chunks() {
            for byte in chunk.valid().bytes() {
                match byte {
                    0xC2..=0xDF => evidence.narrow += 1,
                    0xE0..=0xF4 => evidence.wide += 1,
                    _ => {}
                }
            }
            evidence.bad += usize::from(!chunk.invalid().is_empty());
            rest -= chunk.valid().len() + chunk.invalid().len();
            // Whatever follows, it is no UTF-8: a wide character takes three bytes.
            if evidence.bad > 0 && !evidence.may_be_utf8_with(rest / 3) {
                break;
            }
        }
        evidence
    }

    /// Sure enough to overrule a label. Templates cut strings in the middle of a character, so a few bad
    /// places in many good ones are UTF-8 still; other encodings read as UTF-8 are bad nearly everywhere.
    fn is_utf8(&self) -> bool {
        self.wide > 0 && self.wide >= self.narrow && self.may_be_utf8_with(0)
    }

    /// Whether the bad places are few enough beside the wide characters and so many more.
    fn may_be_utf8_with(&self, more: usize) -> bool {
        self.bad * 10 <= self.wide + more
    }
}

/// The encoding a label names, unless it is one that servers send without knowing.
fn believable(label: &[u8], body: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    if encoding == GBK {
        // The larger of the two reads the same bytes and more.
        return Some(GB18030);
    }
    // Latin-1 is some servers' default for everything, and a page that could be read well enough to find this
    // label in it can only be UTF-16 if its ASCII has zero bytes in between.
    let mistaken = [REPLACEMENT, X_USER_DEFINED, WINDOWS_1252].contains(&encoding)
        || ([UTF_16LE, UTF_16BE].contains(&encoding) && !body.contains(&0));
    (!mistaken).then_some(encoding)
}

/// `text/html; charset="gb2312"` -> `gb2312`.
fn header_label(content_type: &str) -> Option<&[u8]> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim_matches([' ', '\t', '"', '\'']).as_bytes())
    })
}

/// The charset that a `<meta>` or an XML declaration near the beginning names; comments are passed over.
fn markup_label(body: &[u8]) -> Option<&[u8]> {
    let mut rest = &body[..body.len().min(MARKUP_BYTES)];
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[start..];
        if rest.starts_with(b"<!--") {
            rest = &rest[find(rest, b"-->")?..];
            continue;
        }
        let tag = &rest[..rest.iter().position(|byte| *byte == b'>')?];
        let label = if starts_with_word(tag, b"<meta") {
            attribute(tag, b"charset")
        } else if starts_with_word(tag, b"<?xml") {
            attribute(tag, b"encoding")
        } else {
            None
        };
        if label.is_some() {
            return label;
        }
        rest = &rest[1..];
    }
    None
}

fn starts_with_word(tag: &[u8], word: &[u8]) -> bool {
    tag.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && tag.get(word.len()).is_some_and(|next| next.is_ascii_whitespace() || *next == b'/')
}

/// What stands after `name =`, wherever in the tag that is: `charset` may be an attribute or a part of
/// `content`.
fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut rest = tag;
    loop {
        rest = &rest[find_ignoring_case(rest, name)? + name.len()..];
        let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || b"\"';/?".contains(byte))
            .unwrap_or(value.len());
        return (end > 0).then_some(&value[..end]);
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn find_ignoring_case(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

/// For bytes that are no UTF-8 and carry no label worth believing.
fn sniff(body: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&body[..body.len().min(SNIFFED_BYTES)], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // The detector knows nothing of GB18030's four-byte characters, and a short text gives it little to go
    // by. Chinese papers are GB or Big5, so anything else must be unreadable as GB to be believed.
    let is_gb = || GB18030.decode_without_bom_handling_and_without_replacement(body).is_some();
    if guess != BIG5 && (guess == GBK || is_gb()) { GB18030 } else { guess }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHINESE: &str = "第01版：要闻　本报讯（记者）市民今晨在江边看到今年第一场雪，孩子们说：“真好看！”";
    const TRADITIONAL: &str =
        "本報訊　市民今晨在江邊看到今年第一場雪，孩子們說：「真好看！」，記者現場採訪報導";

    fn page(meta: &str, text: &str) -> String {
        format!("<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>")
    }

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn the_charset_is_found() {
        let meta_gb = r#"<meta http-equiv="Content-Type" content="text/html; charset=gb2312">"#;
        let meta_utf8 = "<META charset='UTF-8'/>";
        let commented = format!("<!-- <meta charset=big5> --><script charset=big5></script>{meta_gb}");
        let late = format!("<!--{}-->{meta_gb}", "x".repeat(3_000));
        let big5 = BIG5.encode(&page("", TRADITIONAL)).0.into_owned();
        let mut utf16: Vec<u8> = vec![0xFF, 0xFE];
        utf16.extend(page("", CHINESE).encode_utf16().flat_map(u16::to_le_bytes));
        let with_bom = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let four_byte = page(meta_gb, "㐀㐁鿯𠀀 的四字节字");

        let table: Vec<(&str, Vec<u8>, Option<&str>, &str)> = vec![
            ("header", gb(&page("", CHINESE)), Some("text/html; charset=GB2312"), "gb18030"),
            ("header, quoted", gb(&page("", CHINESE)), Some("text/html;charset=\"gbk\" "), "gb18030"),
            ("header over meta", gb(&page(meta_utf8, CHINESE)), Some("text/html; charset=gbk"), "gb18030"),
            ("meta", gb(&page(meta_gb, CHINESE)), Some("text/html"), "gb18030"),
            ("meta after a comment and a script", gb(&page(&commented, CHINESE)), None, "gb18030"),
            ("meta after a long comment", gb(&page(&late, CHINESE)), None, "gb18030"),
            ("meta, upper case", page(meta_utf8, CHINESE).into_bytes(), None, "UTF-8"),
            (
                "XML declaration",
                gb(&format!("<?xml version=\"1.0\" encoding=\"GB2312\"?><p>{CHINESE}</p>")),
                None,
                "gb18030",
            ),
            ("four-byte characters", gb(&four_byte), None, "gb18030"),
            ("four-byte characters, no label", gb(&page("", "㐀㐁鿯𠀀")), None, "gb18030"),
            ("sniffed GBK", gb(&page("", CHINESE)), None, "gb18030"),
            ("sniffed, short", gb("<p>要闻</p>"), None, "gb18030"),
            ("sniffed, shorter", gb("广告"), None, "gb18030"),
            ("sniffed Big5", big5.clone(), None, "Big5"),
            ("sniffed UTF-8", page("", CHINESE).into_bytes(), None, "UTF-8"),
            ("plain ASCII", b"<p>nothing else</p>".to_vec(), None, "UTF-8"),
            ("nothing", Vec::new(), None, "UTF-8"),
            ("Big5 by header", big5, Some("text/html; charset=big5"), "Big5"),
            ("mark over header", with_bom(&page("", CHINESE)), Some("text/html; charset=gb2312"), "UTF-8"),
            ("UTF-16 mark", utf16, Some("text/html; charset=gb2312"), "UTF-16LE"),
            ("says gb2312, is UTF-8", page(meta_gb, CHINESE).into_bytes(), None, "UTF-8"),
            (
                "header says gbk, is UTF-8",
                page("", CHINESE).into_bytes(),
                Some("text/html; charset=gbk"),
                "UTF-8",
            ),
            ("says UTF-8, is GBK", gb(&page(meta_utf8, CHINESE)), None, "gb18030"),
            (
                "header says UTF-8, meta and bytes GBK",
                gb(&page(meta_gb, CHINESE)),
                Some("text/html; charset=utf-8"),
                "gb18030",
            ),
            (
                "a server's default of Latin-1",
                gb(&page(meta_gb, CHINESE)),
                Some("text/html; charset=ISO-8859-1"),
                "gb18030",
            ),
            ("says UTF-16, cannot be", gb(&page("<meta charset=utf-16>", CHINESE)), None, "gb18030"),
            (
                "an unknown label",
                gb(&page("<meta charset=chinese-xyz>", CHINESE)),
                Some("text/html; charset="),
                "gb18030",
            ),
            ("two characters that look like UTF-8", gb(&page(meta_gb, "毛目")), None, "gb18030"),
        ];
        for (what, bytes, content_type, encoding) in table {
            let decoded = decode(&bytes, content_type);
            assert_eq!(decoded.encoding, encoding, "{what}");
            assert!(!decoded.replaced, "{what}: {}", decoded.text);
            assert!(!decoded.text.contains('\u{FEFF}'), "{what}: the mark must not reach the text");
        }
    }

    #[test]
    fn the_text_is_right() {
        for text in [CHINESE, "㐀㐁鿯𠀀 的四字节字", "毛目"] {
            assert_eq!(decode(&gb(text), Some("text/html; charset=gb2312")).text, text);
            assert_eq!(decode(text.as_bytes(), Some("text/html; charset=utf-8")).text, text);
        }
        assert_eq!(decode(&BIG5.encode(TRADITIONAL).0, Some("text/html; charset=big5")).text, TRADITIONAL);
    }

    #[test]
    fn a_character_cut_in_two_is_said_and_does_not_spoil_the_rest() {
        let mut bytes = page("<meta charset=gb2312>", CHINESE).into_bytes();
        bytes.extend_from_slice(&"版".as_bytes()[..2]);
        bytes.extend_from_slice(b"</p>");
        let decoded = decode(&bytes, Some("text/html; charset=utf-8"));
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", true));
        assert!(decoded.text.contains(CHINESE) && decoded.text.ends_with("\u{FFFD}</p>"));
    }

    #[test]
    fn a_named_charset_overrides_what_the_bytes_say() {
        let mislabelled = gb(&page("<meta charset=big5>", CHINESE));
        let decoded = decode_as(&mislabelled, "gb2312").unwrap();
        assert!(decoded.encoding == "gb18030" && decoded.text.contains(CHINESE) && !decoded.replaced);
        assert_eq!(decode_as(&[b"\xEF\xBB\xBF", "版".as_bytes()].concat(), "utf-8").unwrap().text, "版");
        for unknown in ["", "klingon", "iso-2022-kr"] {
            assert_eq!(decode_as(b"x", unknown), None, "{unknown}");
        }
    }

    #[test]
    fn wild_bytes_never_panic() {
        for bytes in [
            &b"<meta"[..],
            b"<meta charset",
            b"<meta charset=",
            b"<meta charset=\"",
            b"<!--",
            b"<",
            b"<?xml encoding='",
            &[0xFF; 64],
            &[0x81; 7],
        ] {
            decode(bytes, Some(";;charset;=;charset='"));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_no_longer_than_they_allow(
            before in prop::sample::select(vec!["", "<meta charset=gbk>", "<?xml encoding='big5'?>", "<meta charset=utf-16>"]),
            bytes in prop::collection::vec(any::<u8>(), 0..400),
            header in prop::option::of("(text/html; charset=)?[a-zA-Z0-9-]{0,12}"),
        ) {
            let body = [before.as_bytes(), &bytes].concat();
            let decoded = decode(&body, header.as_deref());
            prop_assert!(decoded.text.len() <= body.len() * 3 + 3);
        }

        #[test]
        fn text_that_says_what_it_is_comes_out_as_it_went_in(text in "[甲-龥，。a-z ]{1,200}") {
            prop_assert_eq!(&decode(text.as_bytes(), Some("text/html; charset=utf-8")).text, &text);
            prop_assert_eq!(&decode(&gb(&format!("<meta charset=gbk>{text}")), None).text[18..], text);
        }
    }
}
