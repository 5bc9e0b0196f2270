//! A body without a name turned out to be somebody's relative (F11): the family is told by the
//! home, and finds the same words here.

use prost::Message as _;
use sqlx::PgConnection;
use yiwang_chassis::inbox::{HandlerError, Incoming};
use yiwang_proto::burial::v1::NamelessIdentified;

use super::person::{self, Said};

/// The event of a match.
pub(super) const IDENTIFIED: &str = "yiwang.burial.nameless.identified.v1";

/// Where the family's ID number is not known, only the letter tells them.
pub(super) async fn handle(conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
    let told = NamelessIdentified::decode(event.payload.as_slice())?;
    if told.family.is_empty() || told.message.is_empty() {
        return Ok(());
    }
    let said = Said {
        item: "nameless",
        title: "寻亲消息",
        state: "已查明身份",
        text: &told.message,
    };
    Ok(person::write(conn, event, &told.family, &said).await?)
}
