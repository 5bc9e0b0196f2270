//! Rows of a law table.

use toml::{Table, Value};

/// A table of cases with its defaults.
pub(crate) struct Law {
    pub(crate) defaults: Table,
    pub(crate) rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct Row(pub(crate) Table);

/// Reads a table; it holds at least `at_least` rows.
pub(crate) fn read(text: &str, at_least: usize) -> Law {
    let mut file: Table = text.parse().unwrap();
    let rows: Vec<Row> = match file.remove("case") {
        Some(Value::Array(rows)) => rows
            .into_iter()
            .map(|row| Row(row.as_table().unwrap().clone()))
            .collect(),
        _ => panic!("no rows"),
    };
    assert!(rows.len() >= at_least, "only {} rows", rows.len());
    let defaults = file
        .remove("defaults")
        .map_or_else(Table::new, |d| d.as_table().unwrap().clone());
    Law { defaults, rows }
}

impl Row {
    pub(crate) fn id(&self) -> &str {
        self.text("id")
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    pub(crate) fn text(&self, key: &str) -> &str {
        self.get(key).and_then(Value::as_str).unwrap_or("")
    }

    pub(crate) fn list(&self, key: &str) -> Vec<Row> {
        let list = self
            .get(key)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        list.iter()
            .filter_map(|item| Some(Row(item.as_table()?.clone())))
            .collect()
    }

    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        let list = self
            .get(key)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        list.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    pub(crate) fn int(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Value::as_integer)
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).and_then(Value::as_bool)
    }

    pub(crate) fn child(&self, key: &str) -> Row {
        Row(self
            .get(key)
            .and_then(Value::as_table)
            .cloned()
            .unwrap_or_default())
    }
}

/// All rows hold, or the test tells which do not.
pub(crate) fn all_hold(rows: &[Row], check: impl Fn(&Row) -> Result<(), String>) {
    let broken: Vec<String> = rows
        .iter()
        .filter_map(|row| Some(format!("{}: {}", row.id(), check(row).err()?)))
        .collect();
    assert!(
        broken.is_empty(),
        "{} of {} rows:\n{}",
        broken.len(),
        rows.len(),
        broken.join("\n")
    );
}

/// Equal, or a message.
pub(crate) fn same<T: PartialEq + std::fmt::Debug>(
    what: &str,
    found: T,
    expected: T,
) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what}: {found:?}, the law says {expected:?}"))
    }
}
