//! A recipe's name: the name of a site family, too.

use super::limits::LONGEST_NAME;
use std::fmt;

/// Lower-case letters, digits and hyphens; small enough to be copied, as the names of the coded families are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecipeName {
    bytes: [u8; LONGEST_NAME],
    length: u8,
}

impl RecipeName {
    pub fn new(name: &str) -> Option<Self> {
        let sound = (1..=LONGEST_NAME).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !name.starts_with('-')
            && !name.ends_with('-');
        if !sound {
            return None;
        }
        let mut bytes = [0; LONGEST_NAME];
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        Some(Self { bytes, length: name.len() as u8 })
    }

    pub fn as_str(&self) -> &str {
        // Made of ASCII only.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Debug for RecipeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl fmt::Display for RecipeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ids() {
        for name in ["river", "a", "hebian-2", &"x".repeat(LONGEST_NAME)] {
            assert_eq!(RecipeName::new(name).unwrap().as_str(), name);
        }
        for name in ["", "River", "河", "a b", "-a", "a-", "a/b", "..", &"x".repeat(LONGEST_NAME + 1)] {
            assert_eq!(RecipeName::new(name), None, "{name}");
        }
    }
}
