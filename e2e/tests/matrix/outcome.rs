//! What an answer means, as a letter of the table.

use reqwest::header::HeaderMap;
use serde_json::Value;
use yiwang_chassis::fault::{Code, Fault};

/// An answer, judged.
#[derive(Debug)]
pub(crate) struct Answer {
    /// A letter of the table; `?` for anything it has no letter for.
    pub(crate) letter: char,
    /// What was said, for messages.
    pub(crate) said: String,
    /// Everything the caller can see, without what differs between two equal answers.
    pub(crate) whole: String,
}

/// Headers that differ between two equal answers.
const PASSING: [&str; 2] = ["date", "x-request-id"];

/// Judges an answer over HTTP.
pub(crate) fn of_http(status: u16, headers: &HeaderMap, body: &str) -> Answer {
    let mut problem: Value = serde_json::from_str(body).unwrap_or_default();
    let code = problem["code"].as_str().unwrap_or_default().to_owned();
    let location = headers
        .get("location")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let fields = problem["fields"].clone();
    let letter = match status {
        303 if location.starts_with("/login") => 'l',
        200..=299 | 303 => 'o',
        400 | 422 => 'i',
        401 => 'u',
        403 => 'f',
        404 => 'h',
        409 => of_conflict(&code),
        _ => '?',
    };
    if let Some(trace) = problem.get_mut("trace") {
        *trace = Value::Null;
    }
    let body = if problem.is_null() {
        body.to_owned()
    } else {
        problem.to_string()
    };
    let seen = headers
        .iter()
        .filter(|(name, _)| !PASSING.contains(&name.as_str()));
    let mut seen: Vec<_> = seen
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    seen.sort();
    Answer {
        letter,
        said: match fields {
            Value::Null => format!("{status} {code}{location} {}", beginning(&body)),
            fields => format!("{status} {code} {fields}"),
        },
        whole: format!("{status}\n{}\n{body}", seen.join("\n")),
    }
}

/// Judges an answer over gRPC.
pub(crate) fn of_grpc(result: Result<(), tonic::Status>) -> Answer {
    let Err(status) = result else {
        return Answer {
            letter: 'o',
            said: "OK".to_owned(),
            whole: "OK".to_owned(),
        };
    };
    let details = status
        .details()
        .iter()
        .map(|byte| char::from(*byte))
        .collect::<String>();
    let whole = format!("{:?} {} {details}", status.code(), status.message());
    let fault = Fault::from_status(status);
    let letter = match fault.code {
        Code::InvalidInput => 'i',
        Code::Unauthenticated => 'u',
        Code::Forbidden => 'f',
        Code::NotFound => 'h',
        Code::Conflict | Code::AlreadyExists | Code::PreconditionFailed => {
            of_conflict(&fault.reason)
        }
        _ => '?',
    };
    Answer {
        letter,
        said: format!("{:?} {}", fault.code, fault.reason),
        whole,
    }
}

fn of_conflict(code: &str) -> char {
    match code {
        "WRONG_STATE" => 's',
        "NOT_APPLICANT" => 'n',
        _ => 'd',
    }
}

fn beginning(text: &str) -> String {
    let title = text
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once('<'));
    let text = title.map_or(text, |(title, _)| title);
    text.chars()
        .take(120)
        .collect::<String>()
        .replace('\n', " ")
}
