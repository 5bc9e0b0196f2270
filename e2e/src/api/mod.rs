//! REST as a client of the public contract: nothing here knows the product's types.

mod reply;
mod tokens;

use std::sync::Arc;

use anyhow::Context;
use reqwest::{Client, Method, RequestBuilder, multipart};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use self::tokens::{TokenAnswer, Tokens};
use crate::case::Case;

pub use reply::{Problem, ProblemField, Reply, read};

/// Somebody who calls the REST interface.
#[derive(Debug, Clone)]
pub struct Api {
    http: Client,
    base: String,
    tokens: Option<Arc<Mutex<Tokens>>>,
}

/// A file that was handed in, ready to be attached to a case.
#[derive(Debug, Clone)]
pub struct Material {
    /// Which material of the guide it is.
    pub code: String,
    /// The file.
    pub file_id: String,
}

/// A client that follows no redirects and needs no certificates.
pub(crate) fn client() -> anyhow::Result<Client> {
    // Err: installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    Ok(Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(60))
        .build()?)
}

impl Api {
    /// A stranger at the gateway of this address.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn at(base: &str) -> anyhow::Result<Self> {
        Ok(Self::stranger(client()?, base))
    }

    pub(crate) fn stranger(http: Client, base: &str) -> Self {
        Self {
            http,
            base: base.to_owned(),
            tokens: None,
        }
    }

    /// Signs in.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn sign_in(
        &self,
        account: &str,
        password: &str,
        totp: Option<&str>,
    ) -> anyhow::Result<Self> {
        let mut body = json!({"account": account, "password": password});
        if let Some(totp) = totp {
            body["totp"] = totp.into();
        }
        let answer = self.bare(Method::POST, "/api/v1/session").json(&body);
        let answer: TokenAnswer = read(answer).await?.expect(200)?.parse()?;
        let tokens = Tokens::new(answer, totp.is_none().then_some(body));
        Ok(Self {
            tokens: Some(Arc::new(Mutex::new(tokens))),
            ..self.clone()
        })
    }

    /// A request with the bearer, to be filled in by the caller.
    ///
    /// # Errors
    /// When the token cannot be renewed.
    pub async fn request(&self, method: Method, path: &str) -> anyhow::Result<RequestBuilder> {
        let request = self.bare(method, path);
        Ok(match self.token().await? {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
    }

    /// The bearer; none for a stranger.
    ///
    /// # Errors
    /// When it cannot be renewed.
    pub async fn token(&self) -> anyhow::Result<Option<String>> {
        let Some(tokens) = &self.tokens else {
            return Ok(None);
        };
        let mut tokens = tokens.lock().await;
        if std::time::Instant::now() >= tokens.fresh_until {
            let body = json!({"refresh_token": tokens.refresh});
            let request = self
                .bare(Method::POST, "/api/v1/session/refresh")
                .json(&body);
            let mut reply = read(request).await?;
            // Spent when the answer to an earlier try was lost.
            if let (401, Some(body)) = (reply.status, &tokens.again) {
                reply = read(self.bare(Method::POST, "/api/v1/session").json(body)).await?;
            }
            let answer: TokenAnswer = reply.expect(200)?.parse()?;
            let again = tokens.again.take();
            *tokens = Tokens::new(answer, again);
        }
        Ok(Some(tokens.access.clone()))
    }

    /// GET.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn get(&self, path: &str) -> anyhow::Result<Reply> {
        read(self.request(Method::GET, path).await?).await
    }

    /// POST of a JSON body with an idempotency key of its own.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Reply> {
        self.post_with_key(path, body, &uuid::Uuid::new_v4().to_string())
            .await
    }

    /// POST of a JSON body with this idempotency key.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn post_with_key(
        &self,
        path: &str,
        body: &Value,
        key: &str,
    ) -> anyhow::Result<Reply> {
        let request = self.request(Method::POST, path).await?;
        read(request.header("Idempotency-Key", key).json(body)).await
    }

    /// POST of exactly these bytes as JSON.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn post_raw(&self, path: &str, body: Vec<u8>) -> anyhow::Result<Reply> {
        let key = uuid::Uuid::new_v4().to_string();
        let request = self
            .request(Method::POST, path)
            .await?
            .header("Idempotency-Key", key);
        read(
            request
                .header("Content-Type", "application/json")
                .body(body),
        )
        .await
    }

    /// DELETE.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn delete(&self, path: &str) -> anyhow::Result<Reply> {
        read(self.request(Method::DELETE, path).await?).await
    }

    /// Uploads a file.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn upload_reply(
        &self,
        name: &str,
        media_type: &str,
        bytes: Vec<u8>,
    ) -> anyhow::Result<Reply> {
        let part = multipart::Part::bytes(bytes)
            .file_name(name.to_owned())
            .mime_str(media_type)?;
        let form = multipart::Form::new().part("file", part);
        read(
            self.request(Method::POST, "/api/v1/files")
                .await?
                .multipart(form),
        )
        .await
    }

    /// Uploads a file as the material `code`.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn upload(&self, code: &str, name: &str, bytes: Vec<u8>) -> anyhow::Result<Material> {
        let file = self
            .upload_reply(name, "image/jpeg", bytes)
            .await?
            .expect(201)?
            .json()?;
        let file_id = file["id"].as_str().context("no file id")?.to_owned();
        Ok(Material {
            code: code.to_owned(),
            file_id,
        })
    }

    /// Submits an application.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn submit(
        &self,
        item: &str,
        division: &str,
        form: &Value,
        materials: &[Material],
    ) -> anyhow::Result<Case> {
        let body = submission(item, division, form, materials);
        Ok(Case(
            self.post("/api/v1/cases", &body)
                .await?
                .expect(201)?
                .json()?,
        ))
    }

    /// Acts on a case.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn act(&self, number: &str, action: &str, data: &Value) -> anyhow::Result<Case> {
        let reply = self.act_reply(number, action, data).await?;
        let reply = reply
            .expect(200)
            .with_context(|| format!("{action} on {number}"))?;
        Ok(Case(reply.json()?))
    }

    /// Acts on a case and gives the answer, whatever it is.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn act_reply(
        &self,
        number: &str,
        action: &str,
        data: &Value,
    ) -> anyhow::Result<Reply> {
        self.post(&format!("/api/v1/cases/{number}/actions/{action}"), data)
            .await
    }

    /// A case as this caller sees it.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn case(&self, number: &str) -> anyhow::Result<Case> {
        Ok(Case(
            self.get(&format!("/api/v1/cases/{number}"))
                .await?
                .expect(200)?
                .json()?,
        ))
    }

    /// The history of a case.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn history(&self, number: &str) -> anyhow::Result<Value> {
        self.get(&format!("/api/v1/cases/{number}/history"))
            .await?
            .expect(200)?
            .json()
    }

    fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }
}

/// The body of `POST /api/v1/cases`.
#[must_use]
pub fn submission(item: &str, division: &str, form: &Value, materials: &[Material]) -> Value {
    let materials: Vec<Value> = materials
        .iter()
        .map(|one| json!({"code": one.code, "file_id": one.file_id}))
        .collect();
    json!({"item": item, "division": division, "form": form, "materials": materials})
}
