//! Files in and out.

use axum::{
    Json as Answer,
    extract::{FromRequest as _, Multipart, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use yiwang_chassis::fault::Fault;

use super::input::Path;
use crate::{
    audit::{self, Record},
    error::Problem,
    session::{BearerCaller, SignedIn},
    state::AppState,
    uploads::{OpenedFile, StoredFile, broken},
};

#[derive(Serialize, JsonSchema)]
pub(super) struct File {
    /// 文件编号
    id: Uuid,
    /// 文件名
    name: String,
    /// 文件类型，按内容判断
    media_type: String,
    /// 字节数
    size: i64,
    /// SHA-256，十六进制
    sha256: String,
}

impl From<StoredFile> for File {
    fn from(file: StoredFile) -> Self {
        Self {
            id: file.id,
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            sha256: file.sha256,
        }
    }
}

pub(super) async fn upload(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    request: Request,
) -> Result<(StatusCode, Answer<File>), Problem> {
    let mut form = Multipart::from_request(request, &state)
        .await
        .map_err(|_| {
            let message = "请以 multipart/form-data 上传文件，字段名为 file。";
            Problem::bad_request("MULTIPART", message)
        })?;
    let mut stored = None;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() == Some("file") && stored.is_none() {
            stored = Some(
                state
                    .uploads()
                    .store_field(who.account, None, field)
                    .await?,
            );
        }
    }
    let stored = stored.ok_or_else(|| {
        Fault::invalid_field("/file", "REQUIRED", "请选择要上传的文件（字段 file）。")
    })?;
    Ok((StatusCode::CREATED, Answer(stored.into())))
}

pub(super) async fn own(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(id): Path<Uuid>,
) -> Result<Response, Problem> {
    Ok(download(state.uploads().open_own(who.account, id).await?))
}

pub(super) async fn attached(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((number, id)): Path<(String, Uuid)>,
) -> Result<Response, Problem> {
    Ok(open_attached(&state, &who, &number, id).await?)
}

/// A file of a case, for whoever may see the case; what officers open is audited.
pub(crate) async fn open_attached(
    state: &AppState,
    who: &SignedIn,
    number: &str,
    id: Uuid,
) -> Result<Response, Fault> {
    let case = state.backends().case(who, number).await?;
    let opened = state.uploads().open_attached(&case, id).await?;
    if !case.own {
        let entry = Record::by(who, "case.material.read").object(format!("case/{number}/{id}"));
        let mut conn = state.pool().acquire().await?;
        audit::record(&mut conn, entry, state.clock().now()).await?;
    }
    Ok(download(opened))
}

/// A file as an answer that no browser takes for a page of ours.
pub(crate) fn download(opened: OpenedFile) -> Response {
    let name: String = opened.file.name.bytes().map(percent_encoded).collect();
    let disposition = format!("inline; filename*=UTF-8''{name}");
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, value(&opened.file.media_type)),
        (header::CONTENT_DISPOSITION, value(&disposition)),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, opened.content).into_response()
}

/// A byte of a file name as RFC 8187 writes it.
pub(crate) fn percent_encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    }
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}
