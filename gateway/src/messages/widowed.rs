//! Whose husband or wife has died is offered 公民身后一件事 (rules D7): nobody should have to know
//! which offices there are.

use prost::Message as _;
use sqlx::PgConnection;
use yiwang_chassis::{
    db::to_chrono,
    inbox::{HandlerError, Incoming},
};
use yiwang_proto::marriage::v1::MaritalStatusChanged;

use super::person::{self, Said};

/// The event of a changed status.
pub(super) const CHANGED: &str = "yiwang.marriage.person.changed.v1";
/// Title of the offer; the page of messages links by it.
pub(crate) const TITLE: &str = "公民身后一件事";

const OFFER: Said<'static> = Said {
    item: "after-death",
    title: TITLE,
    state: "可以一起办",
    text: "得知您的家人离世，请节哀。户口、医保、社保、丧葬补助、公积金这些事，可以用\
           “公民身后一件事”一张表办完，不用一个部门一个部门跑。什么时候办都可以。",
};

pub(super) async fn handle(conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
    let changed = MaritalStatusChanged::decode(event.payload.as_slice())?;
    if changed.cause != "widowed" {
        return Ok(());
    }
    // A corrected day of death tells it again.
    let told: bool = sqlx::query_scalar(
        "select exists (select from gateway.message m join gateway.account a on a.id = m.account
                         where a.person_key = $1 and m.item = $2
                           and m.at > $3 - interval '90 days')",
    )
    .bind(&changed.person)
    .bind(OFFER.item)
    .bind(to_chrono(event.occurred_at))
    .fetch_one(&mut *conn)
    .await?;
    if told {
        return Ok(());
    }
    Ok(person::write(conn, event, &changed.person, &OFFER).await?)
}
