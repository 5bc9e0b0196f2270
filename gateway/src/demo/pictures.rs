//! Drawn faces of people who do not exist, a drawn agreement: what photographs there are in a
//! demonstration. Services name them in their demo data.

use bytes::Bytes;
use uuid::Uuid;
use yiwang_chassis::fault::Fault;

use super::account_id;
use crate::uploads::Uploads;

/// Who has taken the photographs.
const OWNER: &str = "rescue1";

/// Id and PNG.
pub const PICTURES: [(&str, &[u8]); 6] = [
    (
        "9794c4c1-c652-8261-88ae-b9136df32d4f",
        include_bytes!("faces/old-man.png"),
    ),
    (
        "e1aff99d-49ee-80ea-870e-c75b202510b1",
        include_bytes!("faces/man.png"),
    ),
    (
        "466b7553-da8f-81ac-8884-b7d467430806",
        include_bytes!("faces/old-woman.png"),
    ),
    (
        "9c2f62cf-7738-87e5-861a-a3c8aee15029",
        include_bytes!("faces/woman.png"),
    ),
    (
        "58e3c57b-497a-88ed-9f55-9af01c14272d",
        include_bytes!("faces/girl.png"),
    ),
    (
        "53baa4a2-4b59-8cf6-b0e5-fd201942e25d",
        include_bytes!("letter.png"),
    ),
];

/// Keeps those that are not there yet.
///
/// # Errors
/// The store or the database is away.
pub(crate) async fn seed(uploads: &Uploads) -> Result<(), Fault> {
    for (id, png) in PICTURES {
        let id: Uuid = id.parse().map_err(Fault::internal)?;
        let content = Bytes::from_static(png);
        uploads
            .keep(id, account_id(OWNER), "照片.png", content)
            .await?;
    }
    Ok(())
}
