//! Law as tables: a file of rows, each a case with what the law says of it.

use std::{collections::BTreeSet, fmt::Debug, str::FromStr};

use toml::{Table, Value};

/// What a row may hold besides its input.
const ABOUT: [&str; 5] = ["id", "why", "note", "parameter", "expected"];

/// One row, with the defaults of its table filled in.
#[derive(Debug, Clone)]
pub struct Row(Table);

/// Reads a table: at least `at_least` rows, no id twice, and no input but `inputs`, so that
/// neither a row nor a field of one gets lost.
///
/// # Panics
/// When one of these does not hold.
#[must_use]
pub fn read(text: &str, at_least: usize, inputs: &[&str]) -> Vec<Row> {
    let mut file: Table = text.parse().expect("a TOML file");
    let defaults = file
        .remove("defaults")
        .unwrap_or(Value::Table(Table::new()));
    let Some(Value::Array(cases)) = file.remove("case") else {
        panic!("no rows");
    };
    assert!(file.is_empty(), "neither defaults nor rows: {file:?}");
    assert!(cases.len() >= at_least, "only {} rows", cases.len());
    let row = |case: Value| match filled(&defaults, case) {
        Value::Table(row) => Row(row),
        other => panic!("not a row: {other}"),
    };
    let rows: Vec<Row> = cases.into_iter().map(row).collect();
    let mut ids = BTreeSet::new();
    for row in &rows {
        assert!(
            ids.insert(row.text("id")),
            "{} stands twice",
            row.text("id")
        );
        let known = |key: &str| ABOUT.contains(&key) || inputs.contains(&key);
        let unread: Vec<&String> = row.0.keys().filter(|key| !known(key)).collect();
        assert!(
            unread.is_empty(),
            "{}: nobody reads {unread:?}",
            row.text("id")
        );
    }
    rows
}

/// `own` over the defaults, key by key; anything but a table replaces its default whole.
fn filled(defaults: &Value, own: Value) -> Value {
    match (defaults, own) {
        (Value::Table(defaults), Value::Table(own)) => {
            let mut all = defaults.clone();
            for (key, value) in own {
                let value = match defaults.get(&key) {
                    Some(default) => filled(default, value),
                    None => value,
                };
                all.insert(key, value);
            }
            Value::Table(all)
        }
        (_, own) => own,
    }
}

/// A row without an input that the law needs is no row: all getters panic, naming it.
#[expect(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "said above, for all"
)]
impl Row {
    /// Whether the row says something of `key`.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// A text.
    pub fn text(&self, key: &str) -> &str {
        self.get(key, Value::as_str)
    }

    /// A date, a time of day or whatever else is written as a text.
    pub fn parse<T: FromStr<Err: Debug>>(&self, key: &str) -> T {
        let text = self.text(key);
        text.parse()
            .unwrap_or_else(|error| panic!("{key} = {text}: {error:?}"))
    }

    /// A whole number.
    pub fn int(&self, key: &str) -> i64 {
        self.get(key, Value::as_integer)
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key, Value::as_bool)
    }

    /// A row within the row.
    pub fn child(&self, key: &str) -> Row {
        Row(self.get(key, Value::as_table).clone())
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Vec<&str> {
        let list = self.get(key, Value::as_array);
        list.iter()
            .map(|item| item.as_str().expect("a text"))
            .collect()
    }

    /// A list of rows.
    pub fn list(&self, key: &str) -> Vec<Row> {
        let list = self.get(key, Value::as_array);
        list.iter()
            .map(|item| Row(item.as_table().expect("a table").clone()))
            .collect()
    }

    fn get<'a, T>(&'a self, key: &str, typed: impl Fn(&'a Value) -> Option<T>) -> T {
        let value = self.0.get(key).and_then(typed);
        value.unwrap_or_else(|| panic!("no {key}, or of another type: {:?}", self.0))
    }
}

/// All rows hold, or the test tells which do not.
///
/// # Panics
/// When one does not.
pub fn all_hold(rows: &[Row], check: impl Fn(&Row) -> Result<(), String>) {
    let broken: Vec<String> = rows
        .iter()
        .filter_map(|row| Some(format!("{}: {}", row.text("id"), check(row).err()?)))
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
///
/// # Errors
/// What was found and what the law says.
pub fn same<T: PartialEq + Debug>(what: &str, found: T, law: T) -> Result<(), String> {
    if found == law {
        Ok(())
    } else {
        Err(format!("{what}: {found:?}, the law says {law:?}"))
    }
}
