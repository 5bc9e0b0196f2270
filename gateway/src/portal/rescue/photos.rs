//! The photograph of a search notice, for everybody: as long as the notice stands, without what
//! the camera has written into it.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, header};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1::MaterialRef;

use crate::{portal::desk::Desk, uploads::bare::bare};

/// Search engines must not keep the face of somebody who is found tomorrow.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The photograph under its reference.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let photo = desk.state.backends().notice_photo(desk.param(0)?).await?;
    let named = MaterialRef {
        file_id: photo.file,
        sha256: photo.sha256,
        ..Default::default()
    };
    let opened = desk.state.uploads().open_named(&named).await?;
    let content = bare(&opened.file.media_type, &opened.content).ok_or_else(Fault::not_found)?;
    let kind = HeaderValue::try_from(opened.file.media_type).map_err(Fault::internal)?;
    let fixed = HeaderValue::from_static;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, fixed("no-store")),
        (
            header::CONTENT_SECURITY_POLICY,
            fixed("default-src 'none'; sandbox"),
        ),
        (ROBOTS, fixed("noindex, noarchive, noimageindex")),
    ];
    Ok((headers, content).into_response())
}
