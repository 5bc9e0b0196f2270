//! The business day of a demonstration: it only moves forward.

use anyhow::{Context, ensure};
use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};
use reqwest::Client;
use serde_json::{Value, json};

/// The movable clock of a suite.
#[derive(Debug, Clone)]
pub struct DemoClock {
    http: Client,
    url: String,
}

impl DemoClock {
    pub(crate) fn new(http: Client, base: &str) -> Self {
        Self {
            http,
            url: format!("{base}/api/v1/demo/clock"),
        }
    }

    /// The present instant.
    ///
    /// # Errors
    /// When it is not answered.
    pub async fn now(&self) -> anyhow::Result<Timestamp> {
        let answer = self.http.get(&self.url).send().await?.error_for_status()?;
        instant(&answer.json().await?)
    }

    /// Today in Beijing.
    ///
    /// # Errors
    /// When it is not answered.
    pub async fn today(&self) -> anyhow::Result<Date> {
        Ok(beijing_date(self.now().await?))
    }

    /// Moves forward by an ISO 8601 duration, e.g. `P7D`.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn advance(&self, by: &str) -> anyhow::Result<Timestamp> {
        self.change(json!({"advance": by})).await
    }

    /// Moves forward to an instant with its offset, e.g. `2026-05-12T09:00:00+08:00`.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn set(&self, to: &str) -> anyhow::Result<Timestamp> {
        self.change(json!({"set": to})).await
    }

    /// Moves forward to this hour of a day in Beijing.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn set_day(&self, day: Date, hour: i8) -> anyhow::Result<Timestamp> {
        self.set(&format!("{day}T{hour:02}:00:00+08:00")).await
    }

    async fn change(&self, body: Value) -> anyhow::Result<Timestamp> {
        let answer = self.http.post(&self.url).json(&body).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(
            status.is_success(),
            "the clock refused {body}: {status} {text}"
        );
        instant(&serde_json::from_str(&text)?)
    }
}

fn instant(answer: &Value) -> anyhow::Result<Timestamp> {
    let now = answer["now"]
        .as_str()
        .with_context(|| format!("no `now` in {answer}"))?;
    Ok(now.parse()?)
}

/// The day in Beijing at an instant.
pub(crate) fn beijing_date(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::fixed(Offset::constant(8))).date()
}
