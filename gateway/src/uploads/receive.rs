//! Streaming an upload in.

use axum::extract::multipart::Field;
use bytes::{Bytes, BytesMut};
use uuid::Uuid;
use yiwang_chassis::fault::{Code, Fault};

use super::{StoredFile, Uploads};

impl Uploads {
    /// Reads one part of a form and keeps it for `owner`; with a `mark` once, however often it comes.
    ///
    /// What exceeds the limit is read and thrown away rather than cut off: a
    /// browser whose upload is cut off shows its own error page and the form is
    /// lost.
    ///
    /// # Errors
    /// As [`Uploads::store`], and `UPLOAD_BROKEN` when the connection breaks.
    pub async fn store_field(
        &self,
        owner: Uuid,
        mark: Option<Uuid>,
        mut field: Field<'_>,
    ) -> Result<StoredFile, Fault> {
        let name = field.file_name().unwrap_or_default().to_owned();
        match (self.collect(&mut field).await?, mark) {
            (Some(content), Some(mark)) => self.store_once(owner, mark, &name, content).await,
            (Some(content), None) => self.store(owner, &name, content).await,
            (None, _) => Err(self.too_large()),
        }
    }

    /// The whole part, or none when it is larger than a file may be.
    async fn collect(&self, field: &mut Field<'_>) -> Result<Option<Bytes>, Fault> {
        let mut content = BytesMut::new();
        let mut fits = true;
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            fits &= content.len() + chunk.len() <= self.config.max_file;
            if fits {
                content.extend_from_slice(&chunk);
            } else {
                content = BytesMut::new();
            }
        }
        Ok(fits.then(|| content.freeze()))
    }
}

/// What a broken multipart body means to the person who sent it.
pub(crate) fn broken(error: axum::extract::multipart::MultipartError) -> Fault {
    if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
        return Fault::new(
            Code::TooLarge,
            "BODY_TOO_LARGE",
            "上传的内容过大，请减小后再试。",
        );
    }
    let message = "文件没有传完整，请重新上传。";
    Fault::new(Code::InvalidInput, "UPLOAD_BROKEN", message).caused_by(error)
}
