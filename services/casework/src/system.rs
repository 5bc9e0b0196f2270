//! Actions of the system on a case, in the caller's transaction: what a service
//! does when somebody else's event arrives.

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::fault::Fault;

use crate::{
    context::Actor,
    engine,
    registry::{Application, Trigger},
    runtime::Runtime,
    store,
};

/// Takes `action` on the case `number` because of `cause` (Chinese, shown in
/// the history, e.g. 因殡葬服务2026年5月12日登记死亡).
///
/// # Errors
/// `NOT_FOUND`, or the item's refusal; the caller's transaction is still usable
/// only for a rollback after a database error.
pub async fn act(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
    action: &str,
    data: Value,
    cause: &str,
) -> Result<(), Fault> {
    let file = engine::lock(conn, number).await?;
    let item = rt.item(&file.item)?;
    let actor = Some(Actor::System(cause.to_owned()));
    let trigger = Trigger::Action {
        code: action.to_owned(),
        data,
        files: Vec::new(),
    };
    item.act(rt, conn, file, None, actor, trigger).await?;
    Ok(())
}

/// Locks the open cases of `item` whose form names one of these persons, in the order of
/// their numbers, which it returns.
///
/// # Errors
/// The database does not answer.
pub async fn lock_open_cases_naming(
    conn: &mut PgConnection,
    item: &str,
    person_keys: &[String],
) -> sqlx::Result<Vec<String>> {
    store::naming::lock_open_naming(conn, item, person_keys).await
}

/// Numbers of the open cases of `item` whose form names this person.
///
/// # Errors
/// The database does not answer.
pub async fn open_cases_naming(
    conn: &mut PgConnection,
    item: &str,
    person_key: &str,
) -> sqlx::Result<Vec<String>> {
    store::naming::numbers_naming(conn, item, person_key, false).await
}

/// Numbers of all cases of `item` whose form names this person, the ended ones too.
///
/// # Errors
/// The database does not answer.
pub async fn cases_naming(
    conn: &mut PgConnection,
    item: &str,
    person_key: &str,
) -> sqlx::Result<Vec<String>> {
    store::naming::numbers_naming(conn, item, person_key, true).await
}

/// Opens a case of `item` in the township `division`, because of `cause` (Chinese, shown in the
/// history). Nobody's account stands behind it. Returns its number.
///
/// # Errors
/// The item's refusal; the caller's transaction is still usable only for a rollback after a
/// database error.
pub async fn open(
    rt: &Runtime,
    conn: &mut PgConnection,
    item: &str,
    division: &str,
    form: &Value,
    cause: &str,
) -> Result<String, Fault> {
    let application = Application {
        account: Uuid::nil(),
        actor: Actor::System(cause.to_owned()),
        division: division.to_owned(),
        form: form.to_string(),
        materials: Vec::new(),
    };
    let opened = rt.item(item)?.submit(rt, conn, application).await?;
    Ok(opened.file.number)
}
