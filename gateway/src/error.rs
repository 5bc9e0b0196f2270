//! A fault as RFC 9457 problem+json.

use std::fmt;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::Serialize;
use yiwang_chassis::fault::{Code, Fault};

use crate::security::request_id;

/// A fault on its way to a REST client.
pub struct Problem {
    fault: Fault,
    status: StatusCode,
    retry_after: Option<u64>,
}

/// The body of every failed REST call.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProblemBody {
    /// `urn:yiwang:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// The kind of failure in words.
    title: String,
    /// HTTP status.
    status: u16,
    /// Stable code of this failure.
    code: String,
    /// What happened and what to do.
    detail: String,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    fields: Vec<ProblemField>,
    /// Names the request in our logs.
    trace: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ProblemField {
    /// JSON pointer into the request body.
    pointer: String,
    /// Stable code of the broken rule.
    code: String,
    /// What is wrong, for a person.
    message: String,
}

impl Problem {
    /// `fault` with another status than its kind has.
    pub(crate) fn with_status(fault: Fault, status: StatusCode) -> Self {
        Self {
            fault,
            status,
            retry_after: None,
        }
    }

    /// The request itself is malformed (400).
    pub(crate) fn bad_request(reason: &'static str, message: &str) -> Self {
        let fault = Fault::new(Code::InvalidInput, reason, message);
        Self::with_status(fault, StatusCode::BAD_REQUEST)
    }

    /// Tells the client when to come again.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let status = fault.http_status();
        Self {
            fault,
            status,
            retry_after: None,
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Fault::from(error).into()
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

/// Logs what went wrong on our side; the caller's own mistakes are not logged here.
pub(crate) fn log(fault: &Fault) {
    if matches!(
        fault.code,
        Code::Internal | Code::Unavailable | Code::DeadlineExceeded
    ) {
        tracing::error!(reason = %fault.reason, "request failed: {fault:?}");
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        log(&self.fault);
        let fault = self.fault;
        let body = ProblemBody {
            kind: format!("urn:yiwang:problem:{}", fault.reason),
            title: fault.code.default_message().to_owned(),
            status: self.status.as_u16(),
            code: fault.reason.into_owned(),
            detail: fault.message,
            fields: fault
                .fields
                .into_iter()
                .map(|field| ProblemField {
                    pointer: field.field,
                    code: field.reason.into_owned(),
                    message: field.message,
                })
                .collect(),
            trace: request_id::current(),
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json; charset=utf-8"),
        );
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
