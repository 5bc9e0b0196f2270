//! What a browser posted: fields and files.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request, multipart::Field},
};
use http::header;
use uuid::Uuid;
use yiwang_chassis::fault::{Code, Fault};

use super::{desk::Desk, form::Posted};
use crate::uploads::{StoredFile, broken};

/// Bytes of all fields together; files do not count.
const MAX_FIELDS: usize = 1 << 20;
/// More fields than any of our pages has.
const MAX_COUNT: usize = 10_000;

/// A form as posted.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pairs: Vec<(String, String)>,
    /// Files taken in, with the material they are for.
    pub(crate) files: Vec<(String, StoredFile)>,
    /// Files not taken, with the material and why.
    pub(crate) refused: Vec<(String, String)>,
}

impl Body {
    /// Reads the form; files go to the store of `owner`, and are dropped when
    /// there is none.
    ///
    /// # Errors
    /// Too large, or broken on the way.
    pub(crate) async fn read(desk: &Desk, request: Request) -> Result<Self, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return Self::multipart(desk, request).await;
        }
        let bytes = Bytes::from_request(request, &desk.state)
            .await
            .map_err(|_| too_large())?;
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_bytes(&bytes).map_err(unreadable)?;
        Self {
            pairs,
            ..Self::default()
        }
        .bounded()
    }

    /// Reads a form that was carried through a new sign-in.
    ///
    /// # Errors
    /// When it was tampered with.
    pub(crate) fn carried(encoded: &str) -> Result<Self, Fault> {
        let pairs = serde_urlencoded::from_str(encoded).map_err(unreadable)?;
        Self {
            pairs,
            ..Self::default()
        }
        .bounded()
    }

    /// The fields in the form that [`Self::carried`] reads, without what must not be kept.
    pub(crate) fn to_carry(&self) -> String {
        let kept: Vec<_> = self
            .pairs
            .iter()
            .filter(|(name, _)| name != "csrf")
            .collect();
        serde_urlencoded::to_string(kept).unwrap_or_default()
    }

    async fn multipart(desk: &Desk, request: Request) -> Result<Self, Fault> {
        let mut parts = Multipart::from_request(request, &desk.state)
            .await
            .map_err(unreadable)?;
        let owner = desk.who.as_ref().map(|who| who.account);
        let mut body = Self::default();
        let mut size = 0;
        while let Some(field) = parts.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            // Counted while reading: millions of empty fields would fill the memory.
            size += name.len() + 16;
            if size > MAX_FIELDS || body.pairs.len() >= MAX_COUNT {
                return Err(too_large());
            }
            match name.strip_prefix("upload.") {
                Some(code) => {
                    let named = field.file_name().is_some_and(|name| !name.is_empty());
                    if named && let Some(owner) = owner {
                        body.take_file(desk, owner, code, field).await?;
                    }
                }
                None => {
                    let value = text(field, &mut size).await?;
                    body.pairs.push((name, value));
                }
            }
        }
        body.bounded()
    }

    async fn take_file(
        &mut self,
        desk: &Desk,
        owner: Uuid,
        code: &str,
        field: Field<'_>,
    ) -> Result<(), Fault> {
        // A phone says which of its photographs it is: `visit.photograph`.
        let marked = code.split_once('.');
        let marked = marked.and_then(|(code, mark)| Some((code, mark.parse::<Uuid>().ok()?)));
        let (code, mark) = marked.map_or((code, None), |(code, mark)| (code, Some(mark)));
        let uploads = desk.state.uploads();
        match uploads.store_field(owner, mark, field).await {
            Ok(file) => self.files.push((code.to_owned(), file)),
            // The person's own mistake is told beside the file; the form stays.
            Err(fault)
                if matches!(
                    fault.code,
                    Code::InvalidInput | Code::TooLarge | Code::RateLimited
                ) =>
            {
                let message = match fault.fields.first() {
                    Some(field) => field.message.clone(),
                    None => fault.message,
                };
                self.refused.push((code.to_owned(), message));
            }
            Err(fault) => return Err(fault),
        }
        Ok(())
    }

    fn bounded(self) -> Result<Self, Fault> {
        if self.pairs.len() > MAX_COUNT {
            Err(too_large())
        } else {
            Ok(self)
        }
    }

    /// The last value of a field, trimmed; empty when it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The last value of a field as typed; empty when it is not there.
    pub(crate) fn raw(&self, name: &str) -> &str {
        let found = self.pairs.iter().rev().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The fields of the drawn form as a tree.
    pub(crate) fn posted(&self) -> Posted {
        Posted::from_pairs(
            self.pairs
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// Material codes and file ids that the page carried.
    pub(crate) fn materials(&self) -> Vec<(String, String)> {
        let split = |text: &str| {
            text.split_once(':')
                .map(|(code, id)| (code.to_owned(), id.to_owned()))
        };
        let mut kept: Vec<_> = self.all("material").filter_map(split).collect();
        if let Some(dropped) = self.raw("do").strip_prefix("drop:") {
            kept.retain(|(_, id)| id != dropped);
        }
        let new = self
            .files
            .iter()
            .map(|(code, file)| (code.clone(), file.id.to_string()));
        kept.extend(new);
        kept
    }
}

async fn text(mut field: Field<'_>, size: &mut usize) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        *size += chunk.len();
        if *size > MAX_FIELDS {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn too_large() -> Fault {
    Fault::new(
        Code::TooLarge,
        "BODY_TOO_LARGE",
        "提交的内容太多了，请减少一些再提交。",
    )
}

fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> Fault {
    Fault::new(
        Code::InvalidInput,
        "FORM_UNREADABLE",
        "提交的内容无法识别，请返回重试。",
    )
    .caused_by(error)
}
