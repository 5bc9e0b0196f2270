//! Answers of the product and how a client judges them.

use anyhow::{Context, ensure};
use reqwest::{RequestBuilder, header::HeaderMap};
use serde::Deserialize;
use serde_json::Value;

/// An answer, whatever its status.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

/// The body of a refusal (RFC 9457).
#[derive(Debug, Deserialize)]
pub struct Problem {
    /// HTTP status, repeated.
    pub status: u16,
    /// Stable code.
    pub code: String,
    /// For a person.
    pub detail: String,
    /// What is wrong with which field.
    #[serde(default)]
    pub fields: Vec<ProblemField>,
    /// Names the request in the logs.
    pub trace: String,
}

/// One field of a refusal.
#[derive(Debug, Deserialize)]
pub struct ProblemField {
    /// JSON pointer into what was sent.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// For a person.
    pub message: String,
}

impl Reply {
    /// The reply, when it has this status.
    ///
    /// # Errors
    /// With the body otherwise.
    pub fn expect(self, status: u16) -> anyhow::Result<Self> {
        ensure!(
            self.status == status,
            "{} instead of {status}: {}",
            self.status,
            self.text()
        );
        Ok(self)
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// When it is none.
    pub fn json(&self) -> anyhow::Result<Value> {
        self.parse()
    }

    /// The body as a type.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn parse<T: serde::de::DeserializeOwned>(&self) -> anyhow::Result<T> {
        serde_json::from_slice(&self.body)
            .with_context(|| format!("not as expected: {}", self.text()))
    }

    /// The refusal: problem+json in Chinese with the status it was sent with.
    ///
    /// # Errors
    /// When it is not one.
    pub fn problem(&self) -> anyhow::Result<Problem> {
        let kind = self
            .headers
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        ensure!(
            kind.starts_with("application/problem+json"),
            "{} {kind}: {}",
            self.status,
            self.text()
        );
        let problem: Problem = self.parse()?;
        ensure!(
            problem.status == self.status,
            "the body says {}",
            problem.status
        );
        ensure!(is_chinese(&problem.detail), "not for a person: {problem:?}");
        for field in &problem.fields {
            ensure!(is_chinese(&field.message), "not for a person: {field:?}");
            ensure!(
                field.pointer.is_empty() || field.pointer.starts_with('/'),
                "{field:?}"
            );
        }
        Ok(problem)
    }
}

impl Problem {
    /// Whether a field at or below this pointer is named.
    #[must_use]
    pub fn names(&self, pointer: &str) -> bool {
        self.fields.iter().any(|field| {
            field.pointer == pointer || field.pointer.starts_with(&format!("{pointer}/"))
        })
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Sends the request and reads the whole answer.
///
/// # Errors
/// When no answer comes.
pub async fn read(request: RequestBuilder) -> anyhow::Result<Reply> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Reply {
        status,
        headers,
        body: response.bytes().await?.to_vec(),
    })
}
