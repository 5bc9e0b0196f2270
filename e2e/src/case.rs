//! A case as REST tells it.

use anyhow::Context;
use serde_json::Value;

/// A case; what is not offered here is in the JSON itself.
#[derive(Debug, Clone)]
pub struct Case(pub Value);

impl Case {
    /// Its number.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn number(&self) -> &str {
        self.text("number")
    }

    /// Its state.
    #[must_use]
    pub fn state(&self) -> &str {
        self.text("state")
    }

    /// A top-level text; empty when there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_default()
    }

    /// Codes of what the caller may do now.
    #[must_use]
    pub fn actions(&self) -> Vec<&str> {
        self.list("actions")
            .iter()
            .filter_map(|one| one["code"].as_str())
            .collect()
    }

    /// A top-level list; empty when there is none.
    #[must_use]
    pub fn list(&self, key: &str) -> &[Value] {
        self.0[key].as_array().map_or(&[], Vec::as_slice)
    }

    /// The clock of this name.
    ///
    /// # Errors
    /// When it does not run.
    pub fn clock(&self, name: &str) -> anyhow::Result<&Value> {
        let found = self.list("clocks").iter().find(|one| one["name"] == name);
        found.with_context(|| format!("no clock {name} in {}", self.0["clocks"]))
    }

    /// The value in the row with this label, in any section.
    ///
    /// # Errors
    /// When there is none.
    pub fn row(&self, label: &str) -> anyhow::Result<&str> {
        let found = self.rows(label).next();
        found.with_context(|| format!("no row {label} in {}", self.0["sections"]))
    }

    /// The values in the rows with this label, in any section.
    pub fn rows(&self, label: &str) -> impl Iterator<Item = &str> {
        let sections = self.list("sections").iter();
        sections
            .filter_map(|section| section["rows"].as_array())
            .flatten()
            .filter(move |row| row["label"] == label)
            .filter_map(|row| row["value"].as_str())
    }
}
