//! The photograph of a notice: for everybody, as long as the notice stands. The reference is
//! random and new with each publication, so that nobody guesses it or finds an old one.

use sqlx::types::Json;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::rescue::v1 as pb;

use crate::domain::search::Photo;

/// A new reference.
pub(super) fn reference(photo: Option<&Photo>) -> Option<Uuid> {
    photo.map(|_| Uuid::from_bytes(rand::random()))
}

/// Which file it is.
pub(super) async fn get(rt: &Runtime, reference: &str) -> Result<pb::NoticePhoto, Fault> {
    let not_found = || {
        let message = "没有这张照片，寻亲公告可能已经撤下。";
        Fault::new(Code::NotFound, "PHOTO_NOT_FOUND", message)
    };
    let reference: Uuid = reference.trim().parse().map_err(|_| not_found())?;
    let found: Option<Json<Photo>> = sqlx::query_scalar(
        "select photo_file from rescue.publication where photo = $1 and state = 'published'",
    )
    .bind(reference)
    .fetch_optional(&rt.pool)
    .await?;
    let Json(photo) = found.ok_or_else(not_found)?;
    Ok(pb::NoticePhoto {
        file: photo.file.to_string(),
        sha256: photo.sha256,
    })
}
