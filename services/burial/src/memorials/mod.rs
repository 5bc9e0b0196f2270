//! Online memorials 网络祭扫 (rules F17; MZ/T 173-2021): the family opens a page for somebody
//! whose grave or ashes are in the register; friends leave flowers and words.
//!
//! | where | what |
//! |---|---|
//! | `page` | opened, saved, taken down |
//! | `offering` | left by others; words wait for the keeper |
//! | `store` | both tables |
//! | `view` | what is sealed, and what who may read |
//!
//! Privacy: the page is reached by its random code, and by name only where the family wants
//! that; nobody's words are shown unread; names of visitors are masked.

mod api;
mod offering;
mod page;
mod store;
mod view;

pub use api::{MemorialsServer, MemorialsService};

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
    journal,
};
use yiwang_proto::burial::v1::MemorialChanged;

use self::store::Page;
use crate::visits::{entry, is_text};

yiwang_casework::code_list! {
    /// What can be left: nothing that burns or costs (文明祭扫).
    Kind {
        Flowers = "flowers", "献花";
        Candle = "candle", "点烛";
        Bow = "bow", "鞠躬";
        Fruit = "fruit", "供果";
    }
}

/// Longest words of the family.
const LONGEST_WORDS: usize = 500;
/// Longest words of others.
const LONGEST_MESSAGE: usize = 200;

fn unknown() -> Fault {
    let message = "没有这个纪念页，或者家属已经关闭。请向家属核对链接。";
    Fault::new(Code::NotFound, "MEMORIAL_NOT_FOUND", message)
}

fn wrong(at: &'static str, reason: &'static str, message: impl Into<String>) -> Fault {
    Fault::invalid(vec![FieldViolation::new(at, reason, message.into())])
}

/// Real names only: whoever writes here answers for it.
fn verified(caller: &Caller) -> Result<&str, Fault> {
    let person = caller.person.as_deref();
    person
        .filter(|_| caller.has_role(Role::Citizen))
        .ok_or_else(|| {
            let message = "网络祭扫要先完成实名认证。请带身份证到任一民政服务窗口核验。";
            Fault::new(Code::Forbidden, "NOT_VERIFIED", message)
        })
}

/// Words that may be left out.
fn words(typed: &str, longest: usize) -> Result<String, Fault> {
    let typed = typed.trim().replace("\r\n", "\n");
    let lines = typed.replace('\n', " ");
    match lines.is_empty() || is_text(&lines, longest) {
        true => Ok(typed),
        false => Err(wrong(
            "/words",
            "TOO_LONG",
            format!("最多写{longest}个字，请写短一些。"),
        )),
    }
}

/// What a change leaves behind.
async fn trail(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    what: &'static str,
    page: &Page,
    message: &str,
) -> sqlx::Result<()> {
    let object = format!("memorial/{}", page.id);
    let detail = json!({ "state": page.state });
    let entry = entry(rt, Some(caller), format!("memorial.{what}"), object, detail);
    let payload = MemorialChanged {
        id: page.id.to_string(),
        division: page.division.clone(),
        account: page.keeper.to_string(),
        state: page.state.clone(),
        message: message.to_owned(),
    };
    let event = DomainEvent {
        aggregate: "memorial",
        aggregate_id: page.id.to_string(),
        event: what,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}
