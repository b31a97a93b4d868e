//! Settings: small values by name, as JSON.

use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use crate::column::Json;
use crate::error::Result;
use crate::limits;
use crate::store::Library;

impl Library {
    pub fn setting(&self, key: &str) -> Result<Option<Value>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached("SELECT value FROM setting WHERE key = ?")?;
            let value = statement.query_row([key], |row| row.get::<_, Json<Value>>(0)).optional()?;
            Ok(value.map(|value| value.0))
        })
    }

    pub fn set_setting(&self, key: &str, value: &Value) -> Result<()> {
        limits::line("a setting's name", key)?;
        let text = value.to_string();
        limits::at_most("a setting", text.len(), limits::SETTING_BYTES)?;
        self.write(|tx| {
            tx.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", params![key, text])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::library;

    #[test]
    fn values_come_back_as_they_were_set() {
        let (_guard, library) = library();
        assert_eq!(library.setting("textSize").unwrap(), None);
        for value in [json!(18), json!(0.1), json!(null), json!({"theme": "夜"}), json!([1, "二"])] {
            library.set_setting("textSize", &value).unwrap();
            assert_eq!(library.setting("textSize").unwrap(), Some(value));
        }
        let long = "x".repeat(2 << 20);
        assert!(library.set_setting("long", &json!(long)).is_err());
        assert!(library.set_setting(&long, &json!(1)).is_err());
    }
}
