//! Signed JSON over HTTP, as all departments speak it (deploy/sandbox.md).

use std::{collections::BTreeMap, time::Duration};

use anyhow::Context as _;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{StatusCode, Url};
use secrecy::{ExposeSecret, SecretSlice};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;

use crate::config::Problems;

/// A department's answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Final, as agreed in the contract.
    Done(Value),
    /// Taken on, not ready.
    Pending,
}

/// A call that brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Tried again with backoff.
    #[error("department not reached: {0}")]
    Transient(String),
    /// Repeating does not help; a person must look.
    #[error("department refused: {0}")]
    Refused(String),
}

/// Which department a client speaks to.
#[derive(Debug, Clone)]
pub struct Department {
    /// Base address, e.g. `http://127.0.0.1:7301/bank/v1`.
    pub base: Url,
    /// Where it calls back; none: only asked.
    pub callback: Option<Url>,
    /// Limit of one call; below the lease of an errand.
    pub timeout: Duration,
}

/// Longest call: an errand's lease is 60 s, which a call and its retry may not outlive.
const LONGEST: Duration = Duration::from_secs(25);

/// Reports a base address that is none.
pub fn require_base(problems: &mut Problems, key: &str, base: &str) {
    problems.require(is_http(base), key, "must be an http:// or https:// URL");
}

/// Reports wrong `callbacks` or `timeout` of a service's `[departments]`.
pub fn require_calls(problems: &mut Problems, callbacks: &str, timeout: Duration) {
    let good = callbacks.is_empty() || is_http(callbacks);
    let why = "must be an http:// or https:// URL, or empty";
    problems.require(good, "callbacks", why);
    let fits = (Duration::from_millis(100)..=LONGEST).contains(&timeout);
    problems.require(fits, "timeout", "must be between 100ms and 25s");
}

fn is_http(text: &str) -> bool {
    text.parse::<Url>()
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[derive(Deserialize)]
struct Callback {
    key: String,
}

/// The secret shared with one department.
pub type Secrets = SecretSlice<u8>;

/// One department.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    department: Department,
    secret: Secrets,
}

impl Client {
    /// A client of the department `name` at `base`, with the secret of the key directory.
    /// `callbacks` is the base of the addresses departments call back; empty: only asked.
    ///
    /// # Errors
    /// When there is no secret for it, or an address is none.
    pub fn open(
        secrets: &BTreeMap<String, Secrets>,
        name: &str,
        base: &str,
        callbacks: &str,
        timeout: Duration,
    ) -> anyhow::Result<Self> {
        let callback = match callbacks.trim_end_matches('/') {
            "" => None,
            callbacks => Some(format!("{callbacks}/{name}").parse()?),
        };
        let secret = secrets.get(name).cloned();
        let department = Department {
            base: base.parse()?,
            callback,
            timeout,
        };
        Ok(Self::new(
            department,
            secret.with_context(|| format!("no secret for {name}"))?,
        )?)
    }

    /// A client of `department`.
    ///
    /// # Errors
    /// When the HTTP client cannot be built.
    pub fn new(department: Department, secret: Secrets) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(department.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            http,
            department,
            secret,
        })
    }

    /// Where this department calls back.
    #[must_use]
    pub fn callback(&self) -> Option<&Url> {
        self.department.callback.as_ref()
    }

    /// Whether `signature` is this department's of `body`, in constant time.
    #[must_use]
    pub fn signed(&self, body: &[u8], signature: &str) -> bool {
        match (self.mac(body), hex::decode(signature.trim())) {
            (Some(mac), Ok(bytes)) => mac.verify_slice(&bytes).is_ok(),
            _ => false,
        }
    }

    /// Makes the request `key` under `requests` (e.g. `/batches`), or asks what became of it. It
    /// asks first: an unknown outcome is asked for again, never assumed. An answer is final when
    /// its status is one of `finals`.
    ///
    /// # Errors
    /// As [`Self::post`].
    pub async fn ask(
        &self,
        requests: &str,
        key: &str,
        payload: &Value,
        finals: &[&str],
    ) -> Result<Answer, CallError> {
        if let Some(answer) = self.get(&format!("{requests}/{key}")).await? {
            return Ok(outcome(answer, finals));
        }
        let mut body = payload.clone();
        if let (Some(url), Some(fields)) = (self.callback(), body.as_object_mut()) {
            fields.insert("callback_url".to_owned(), url.as_str().into());
        }
        let body = body.to_string();
        self.post(requests, key, body.as_bytes()).await?;
        Ok(Answer::Pending)
    }

    /// Which errand a callback of this department hurries.
    ///
    /// # Errors
    /// The signature is wrong, or the body is no callback.
    pub fn called(&self, body: &[u8], signature: &str) -> Result<String, CallError> {
        if !self.signed(body, signature) {
            return Err(CallError::Refused("wrong signature".to_owned()));
        }
        let callback: Callback = serde_json::from_slice(body)
            .map_err(|_| CallError::Refused("malformed callback".to_owned()))?;
        Ok(callback.key)
    }

    /// Makes or repeats a request; the key makes repeats harmless.
    ///
    /// # Errors
    /// Transient when it is unknown whether it was taken, refused when it never will be.
    pub async fn post(&self, path: &str, key: &str, body: &[u8]) -> Result<(), CallError> {
        let url = self.url(path);
        let request = self
            .http
            .post(url)
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .header("x-signature", self.sign(body))
            .body(body.to_vec());
        let answer = request.send().await.map_err(transient)?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status => Err(refused(status)),
        }
    }

    /// Asks what became of a request; none when the department does not know it. The
    /// signature covers the path, not what stands after a `?`.
    ///
    /// # Errors
    /// As [`Self::post`].
    pub async fn get(&self, path: &str) -> Result<Option<Value>, CallError> {
        let url = self.url(path);
        let signature = self.sign(url.path().as_bytes());
        let request = self.http.get(url).header("x-signature", signature);
        let answer = request.send().await.map_err(transient)?;
        match answer.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => answer.json().await.map(Some).map_err(transient),
            status => Err(refused(status)),
        }
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.department.base.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        let (path, query) = match path.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path, None),
        };
        url.set_path(&format!("{base}{path}"));
        url.set_query(query);
        url
    }

    fn sign(&self, message: &[u8]) -> String {
        self.mac(message)
            .map(|mac| hex::encode(mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    fn mac(&self, message: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.expose_secret()).ok()?;
        mac.update(message);
        Some(mac)
    }
}

fn outcome(answer: Value, finals: &[&str]) -> Answer {
    let status = answer.get("status").and_then(Value::as_str);
    if status.is_some_and(|status| finals.contains(&status)) {
        Answer::Done(answer)
    } else {
        Answer::Pending
    }
}

/// The error may quote an address, never a body.
fn transient(error: reqwest::Error) -> CallError {
    CallError::Transient(error.without_url().to_string())
}

fn refused(status: StatusCode) -> CallError {
    let text = format!("HTTP {}", status.as_u16());
    let passing = status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT;
    if passing {
        CallError::Transient(text)
    } else {
        CallError::Refused(text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_a_final_status_is_an_answer() {
        let finals = ["done", "refused"];
        let done = json!({ "status": "done", "people": [{ "match": true, "alive": true }] });
        assert_eq!(outcome(done.clone(), &finals), Answer::Done(done));
        for other in [
            json!({ "status": "pending" }),
            json!({ "status": 1 }),
            json!([]),
        ] {
            assert_eq!(outcome(other, &finals), Answer::Pending);
        }
    }
}
