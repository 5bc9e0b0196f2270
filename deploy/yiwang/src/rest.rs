//! The product's own REST interface, as the demonstration and the benchmark use it.

use std::time::Duration;

use anyhow::{Context, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use yiwang_chassis::clock::{Clock, SystemClock};
use yiwang_gateway::{account::totp_code_at, demo};

/// How long an upload may take.
const UPLOAD_LIMIT: Duration = Duration::from_secs(180);

/// Somebody who calls the REST interface.
#[derive(Clone)]
pub(crate) struct Rest {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

impl Rest {
    /// A stranger.
    pub(crate) fn new(base: &str) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(30))
            .build()?;
        Ok(Self {
            http,
            base: base.trim_end_matches('/').to_owned(),
            token: None,
        })
    }

    /// The same connections with this token.
    pub(crate) fn with_token(&self, token: String) -> Self {
        Self {
            token: Some(token),
            ..self.clone()
        }
    }

    /// A demo account, signed in. A code that was used a moment ago is waited out.
    pub(crate) async fn demo_account(&self, login: &str) -> anyhow::Result<Self> {
        let account = demo::ACCOUNTS.iter().find(|account| account.login == login);
        let staff = account.is_some_and(demo::DemoAccount::is_staff);
        for _ in 0..40 {
            let now = SystemClock.now();
            let code = staff
                .then(|| totp_code_at(&demo::secret(login), now, None))
                .transpose();
            let body = json!({"account": login, "password": demo::PASSWORD,
                              "totp": code.map_err(|fault| anyhow::anyhow!("{fault}"))?});
            let (status, answer) = self
                .send(Method::POST, "/api/v1/session", Some(&body))
                .await?;
            if status.is_success() {
                let token = answer["access_token"].as_str().context("no access token")?;
                return Ok(self.with_token(token.to_owned()));
            }
            ensure!(
                staff && status == StatusCode::UNAUTHORIZED,
                "{login} cannot sign in: {answer}"
            );
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        anyhow::bail!("{login} cannot sign in: no code is accepted")
    }

    /// GET.
    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.expect(Method::GET, path, None).await
    }

    /// POST.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.expect(Method::POST, path, Some(body)).await
    }

    /// Hands an application in; gives its number.
    pub(crate) async fn submit(
        &self,
        item: &str,
        division: &str,
        form: &Value,
    ) -> anyhow::Result<String> {
        let body = json!({"item": item, "division": division, "form": form, "materials": []});
        let case = self.post("/api/v1/cases", &body).await?;
        Ok(case["number"]
            .as_str()
            .context("no case number")?
            .to_owned())
    }

    /// Acts on a case.
    pub(crate) async fn act(
        &self,
        number: &str,
        action: &str,
        data: &Value,
    ) -> anyhow::Result<Value> {
        let path = format!("/api/v1/cases/{number}/actions/{action}");
        self.post(&path, data)
            .await
            .with_context(|| format!("{action} on {number}"))
    }

    /// PUT of a file.
    pub(crate) async fn put(&self, path: &str, kind: &str, file: Vec<u8>) -> anyhow::Result<Value> {
        let mut request = self
            .http
            .put(format!("{}{path}", self.base))
            .timeout(UPLOAD_LIMIT)
            .header("content-type", kind)
            .body(file);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await?;
        let status = response.status();
        let body = response.bytes().await?;
        let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
        ensure!(status.is_success(), "{path} answers {status}: {answer}");
        Ok(answer)
    }

    async fn expect(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let (status, answer) = self.send(method, path, body).await?;
        ensure!(status.is_success(), "{path} answers {status}: {answer}");
        Ok(answer)
    }

    /// Any answer; POST has an idempotency key of its own.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<(StatusCode, Value)> {
        self.send_again(method, path, body, &fresh_key()).await
    }

    /// The same with this idempotency key: what is sent twice counts once.
    pub(crate) async fn send_again(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        key: &str,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(body) = body {
            request = request.header("idempotency-key", key).json(body);
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await?;
        let status = response.status();
        let body = response.bytes().await?;
        Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
    }
}

/// An idempotency key that nobody has used.
pub(crate) fn fresh_key() -> String {
    yiwang_chassis::ids::new(SystemClock.now()).to_string()
}
