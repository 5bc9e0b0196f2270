//! One's own records.

use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_proto::marriage::v1 as pb;

use super::shown::{self, Names};

/// All records of the caller. A number that was only typed proves nothing: an officer
/// must have seen the card (实名核验).
///
/// # Errors
/// `NOT_VERIFIED`.
pub async fn list(rt: &Runtime, caller: &Caller) -> Result<pb::RecordList, Fault> {
    let verified = caller.has_role(Role::Citizen) || caller.is_staff();
    let person = caller.person.as_deref().filter(|_| verified);
    let person = person.ok_or_else(|| {
        let message = "您的账号还没有实名核验，请带身份证到任一民政服务窗口核验后再查询。";
        Fault::new(Code::Forbidden, "NOT_VERIFIED", message)
    })?;
    let mut conn = rt.pool.acquire().await?;
    let ids: Vec<Uuid> =
        sqlx::query_scalar("select record from marriage.spouse where person_key = $1")
            .bind(person)
            .fetch_all(&mut *conn)
            .await?;
    let records = shown::records(rt, &mut conn, &ids, Names::Full).await?;
    Ok(pb::RecordList { records })
}
