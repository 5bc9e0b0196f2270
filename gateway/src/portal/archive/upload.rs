//! Takes the file of one entry and sends it on while it arrives.

use axum::{
    extract::{FromRequest as _, Multipart, Request, multipart::Field},
    response::Response,
};
use yiwang_chassis::fault::Fault;

use super::after;
use crate::{portal::desk::Desk, rest::archive::Sending, uploads::broken};

/// Bytes of a field that is no file.
const MAX_FIELD: usize = 1024;

/// Uploads an entry. The token comes before the file, as the fields stand on the page.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (id, entry) = (desk.param(0)?.to_owned(), desk.param(1)?);
    let entry = entry.parse().map_err(|_| Fault::not_found())?;
    let who = desk.who()?;
    let mut form = Multipart::from_request(request, &desk.state)
        .await
        .map_err(|_| {
            let message = "请从批次页面选择文件后上传。";
            Fault::invalid_field("/file", "MULTIPART", message)
        })?;
    let mut sending = Sending::new(&desk.state, who.into(), &id, entry);
    let mut verified = false;
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("csrf") => {
                who.verify_csrf(&text(field).await?)?;
                verified = true;
            }
            Some("file") => {
                if !verified {
                    who.verify_csrf("")?;
                }
                while let Some(bytes) = field.chunk().await.map_err(broken)? {
                    sending.take(&bytes).await;
                }
            }
            _ => {}
        }
    }
    if !verified {
        who.verify_csrf("")?;
    }
    let outcome = sending.finish().await;
    after(&desk, &id, "upload", outcome).await
}

async fn text(mut field: Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() <= MAX_FIELD {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
