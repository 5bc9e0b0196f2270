//! A case 办件 as `decide` sees it.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yiwang_civic::identity_document::IdentityDocument;

use crate::item::Item;

/// A case with its form and facts, opened from the database.
#[derive(Debug, Clone)]
pub struct Case<I: Item> {
    /// Nationwide unique number.
    pub number: String,
    /// 9-digit township code that accepts.
    pub division: String,
    /// Person key of the applicant, hex.
    pub applicant: String,
    /// Account that filed.
    pub account: Uuid,
    /// The form as last submitted.
    pub form: I::Form,
    /// Where it stands.
    pub state: I::State,
    /// What was added since.
    pub facts: I::Facts,
    /// Files handed in.
    pub materials: Vec<Material>,
    /// Running legal clocks.
    pub clocks: Vec<RunningClock>,
    /// Notices, running and ended.
    pub notices: Vec<NoticeFacts>,
    /// Grows by one with each change.
    pub version: i64,
    /// Beijing date of submission.
    pub submitted_on: Date,
}

/// A file handed in with the case; the bytes are in the object store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// [`crate::guide::MaterialSpec`] code.
    pub code: String,
    /// Object id.
    pub file_id: String,
    /// Name on the applicant's device.
    pub file_name: String,
    /// Type found by content, not by name.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Hex SHA-256 of the content.
    pub sha256: String,
}

/// A running legal clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningClock {
    /// Name within the item, e.g. `total`.
    pub name: String,
    /// Start of counting.
    pub started_at: Timestamp,
    /// Instant after which it is late.
    pub due_at: Timestamp,
    /// Last day, Beijing time.
    pub last_day: Date,
}

/// A posted notice 公示, as far as decisions need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFacts {
    /// Name within the item, e.g. `first_opinion`.
    pub name: String,
    /// When it went up.
    pub posted_at: Timestamp,
    /// First instant after its last day; `None` when it does not end by itself.
    pub ends_at: Option<Timestamp>,
    /// Taken down before its end.
    pub withdrawn: bool,
    /// Objections not yet settled.
    pub open_objections: u32,
}

/// Somebody on the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Citizen ID number, or the document of somebody who has none.
    pub id: IdentityDocument,
    /// Name as written.
    pub name: String,
    /// Relation to the applicant, code of the item; `self` for the applicant.
    pub relation: String,
}
