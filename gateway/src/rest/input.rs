//! Reading requests strictly: whatever is malformed gets a problem in Chinese
//! that says where, never a 500.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use yiwang_chassis::fault::{Code, Fault, FieldViolation};

use crate::error::Problem;

/// Nesting of a JSON body; no form of ours comes near.
const DEEPEST: usize = 32;

/// A JSON body.
pub(crate) struct Json<T>(pub(crate) T);

/// A JSON object or nothing, for actions that take no data.
pub(crate) struct OptionalObject(pub(crate) Option<Value>);

/// A body as it came, for callbacks whose signature covers each byte.
pub(crate) struct Raw(pub(crate) Bytes);

/// Query parameters.
pub(crate) struct Query<T>(pub(crate) T);

/// Path parameters.
pub(crate) struct Path<T>(pub(crate) T);

/// The `Idempotency-Key` of a call that changes something.
pub(crate) struct IdempotencyKey(pub(crate) String);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        require_json(request.headers())?;
        let value = parse(&body(request, state).await?)?;
        typed(value).map(Self)
    }
}

impl<S: Send + Sync> FromRequest<S> for OptionalObject {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let headers = request.headers().clone();
        let body = body(request, state).await?;
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self(None));
        }
        require_json(&headers)?;
        let value = parse(&body)?;
        if !value.is_object() {
            return Err(Fault::invalid_field("", "NOT_AN_OBJECT", "请求体应是 JSON 对象。").into());
        }
        Ok(Self(Some(value)))
    }
}

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        body(request, state).await.map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let wrong = || Problem::bad_request("QUERY_MALFORMED", "网址中的查询参数不正确。");
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|_| wrong())?;
        if pairs.iter().any(|(_, value)| value.contains('\0')) {
            return Err(wrong());
        }
        serde_urlencoded::from_str(query)
            .map(Self)
            .map_err(|_| wrong())
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.path().contains("%00") {
            return Err(Fault::not_found().into());
        }
        let found = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        // A path that cannot be read names nothing.
        found
            .map(|path| Self(path.0))
            .map_err(|_| Fault::not_found().into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            let message = "缺少 Idempotency-Key 请求头：同一次提交重试时请使用同一个值。";
            return Err(Problem::bad_request("IDEMPOTENCY_KEY_MISSING", message));
        };
        let key = value.to_str().unwrap_or_default().trim_matches('"');
        let usable = (1..=yiwang_chassis::idempotency::MAX_KEY).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_graphic());
        if !usable {
            let message = "Idempotency-Key 须为 1 至 128 个可见 ASCII 字符。";
            return Err(Problem::bad_request("IDEMPOTENCY_KEY_INVALID", message));
        }
        Ok(Self(key.to_owned()))
    }
}

fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = headers
        .get(http::header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let essence = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default()
        .trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let fault = Fault::new(
        Code::InvalidInput,
        "CONTENT_TYPE",
        "请求体应为 JSON（Content-Type: application/json）。",
    );
    Err(Problem::with_status(
        fault,
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
    ))
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                return Fault::new(
                    Code::TooLarge,
                    "BODY_TOO_LARGE",
                    "提交的内容过大，请减小后再试。",
                )
                .into();
            }
            Problem::bad_request("BODY_BROKEN", "请求没有传完整，请重试。")
        })
}

/// JSON of limited depth without NUL, which no text column can hold.
fn parse(body: &[u8]) -> Result<Value, Problem> {
    if depth(body) > DEEPEST {
        return Err(Problem::bad_request("JSON_TOO_DEEP", "JSON 嵌套层数过多。"));
    }
    let value: Value = serde_json::from_slice(body)
        .map_err(|_| Problem::bad_request("JSON_MALFORMED", "请求体不是正确的 JSON。"))?;
    let mut found = Vec::new();
    nul(&value, &mut String::new(), &mut found);
    if found.is_empty() {
        Ok(value)
    } else {
        Err(Fault::invalid(found).into())
    }
}

/// Nesting, counted before anything recurses into the body.
fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut text, mut escaped) = (false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if text => escaped = true,
            b'"' => text = !text,
            b'{' | b'[' if !text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn nul(value: &Value, pointer: &mut String, found: &mut Vec<FieldViolation>) {
    let length = pointer.len();
    match value {
        Value::String(text) if text.contains('\0') => {
            let message = "这一项含有看不见的非法字符，请重新填写。";
            found.push(FieldViolation::new(pointer.clone(), "CHARACTER", message));
        }
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                nul(entry, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                let safe = key.replace('~', "~0").replace('/', "~1").replace('\0', "");
                pointer.push('/');
                pointer.push_str(&safe);
                if key.contains('\0') {
                    let message = "字段名不正确。";
                    found.push(FieldViolation::new(pointer.clone(), "CHARACTER", message));
                }
                nul(entry, pointer, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let mut pointer: String = error
            .path()
            .iter()
            .filter_map(|segment| match segment {
                serde_path_to_error::Segment::Seq { index } => Some(format!("/{index}")),
                serde_path_to_error::Segment::Map { key } => Some(format!("/{key}")),
                _ => None,
            })
            .collect();
        let text = error.inner().to_string();
        let named = text.split('`').nth(1).unwrap_or_default().to_owned();
        let (reason, message) = if text.starts_with("missing field") {
            pointer = format!("{pointer}/{named}");
            ("REQUIRED", format!("缺少“{named}”。"))
        } else if text.starts_with("unknown field") {
            if !pointer.ends_with(&format!("/{named}")) {
                pointer = format!("{pointer}/{named}");
            }
            ("UNKNOWN_FIELD", format!("没有“{named}”这一项。"))
        } else {
            ("WRONG_TYPE", "这一项的格式不正确。".to_owned())
        };
        Fault::invalid_field(pointer, reason, message).into()
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its presence matters")]
        name: String,
        #[serde(default)]
        #[expect(dead_code, reason = "only its type matters")]
        parts: Vec<Part>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        #[expect(dead_code, reason = "only its type matters")]
        size: u8,
    }

    fn outcome(body: &str) -> String {
        let read = parse(body.as_bytes()).and_then(typed::<Sample>);
        read.map_or_else(|problem| format!("{problem:?}"), |_| "ok".to_owned())
    }

    #[test]
    fn malformed_bodies_name_the_place() {
        assert_eq!(outcome(r#"{"name":"a","parts":[{"size":1}]}"#), "ok");
        assert!(outcome("{").contains("JSON_MALFORMED"));
        assert!(outcome(&"[".repeat(100_000)).contains("JSON_TOO_DEEP"));
        assert!(outcome(r#"{"name":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}"#) == "ok");
        assert!(outcome("{}").contains(r#"("/name", "REQUIRED")"#));
        assert!(outcome(r#"{"name":1}"#).contains(r#"("/name", "WRONG_TYPE")"#));
        assert!(outcome(r#"{"name":"a","x":1}"#).contains(r#"("/x", "UNKNOWN_FIELD")"#));
        let deep = r#"{"name":"a","parts":[{"size":1},{"size":999}]}"#;
        assert!(outcome(deep).contains(r#"("/parts/1/size", "WRONG_TYPE")"#));
        assert!(outcome("{\"name\":\"a\\u0000\"}").contains(r#"("/name", "CHARACTER")"#));
    }
}
