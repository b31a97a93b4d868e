//! The metadata comment behind the document: `<!--enpproperty <founder-date>…</founder-date> … /enpproperty-->`.

use memchr::memmem;

/// Longer values are not metadata.
const LONGEST_VALUE: usize = 2_000;

/// Names and values of the comment, as written.
#[derive(Debug, Default)]
pub(crate) struct Properties<'a> {
    text: &'a str,
}

impl<'a> Properties<'a> {
    pub(crate) fn of(raw: &'a str) -> Self {
        let Some(start) = memmem::rfind(raw.as_bytes(), b"<!--enpproperty") else { return Self::default() };
        let after = &raw[start..];
        let end = after.find("/enpproperty-->").or_else(|| after.find("-->")).unwrap_or(after.len());
        Self { text: &after[..end] }
    }

    /// A property's value, trimmed; nothing for an empty one.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let open = format!("<{name}>");
        let start = memmem::find(self.text.as_bytes(), open.as_bytes())? + open.len();
        let length = self.text[start..].find(&format!("</{name}>"))?;
        let value = self.text[start..start + length].trim();
        (!value.is_empty() && value.len() <= LONGEST_VALUE).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_written() {
        let raw = "<html></html>\n<!--enpproperty <founder-date>2017-10-09 23:59:57</founder-date><founder-author></founder-author><founder-pagenum> A01 </founder-pagenum> /enpproperty-->";
        let properties = Properties::of(raw);
        assert_eq!(properties.get("founder-date"), Some("2017-10-09 23:59:57"));
        assert_eq!(properties.get("founder-pagenum"), Some("A01"));
        assert_eq!(properties.get("founder-author"), None);
        assert_eq!(properties.get("founder-type"), None);
        for broken in ["", "<!--enpproperty", "<!--enpproperty <a>1", "<!--enpproperty <founder-date>"] {
            assert_eq!(Properties::of(broken).get("founder-date"), None);
        }
    }
}
