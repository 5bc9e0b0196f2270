//! Another department asks for a marital status: for a purpose, on a legal basis, the
//! minimum is answered and everything is logged (rules A5.9).

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{Runtime, form::is_readable};
use yiwang_chassis::{
    audit,
    db::to_chrono,
    fault::{Fault, FieldViolation},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::{identity_document::IdentityDocument, time};
use yiwang_proto::marriage::v1 as pb;

use super::{read, record::Body};
use crate::{
    document,
    domain::{record::Known, status, world::Inquiry},
};

/// Whose work may need somebody's marital status.
const ROLES: [Role; 9] = [
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
    Role::Approver,
    Role::Station,
    Role::ChildWorker,
    Role::ChildSupervisor,
    Role::Funeral,
    Role::CheckCentre,
];

/// What is asked, with every field looked at.
struct Asked {
    name: String,
    id: IdentityDocument,
    purpose: String,
    legal_basis: String,
}

/// What came of it.
enum Answer {
    Status(status::Status),
    /// The name does not go with the number.
    NoMatch,
    /// Two valid records, not settled.
    Frozen,
}

/// Answers with the status alone: no spouse, no dates, no numbers.
///
/// # Errors
/// `FORBIDDEN`, field errors, `NAME_MISMATCH`, `FROZEN`; the last two are logged too.
pub async fn ask(
    rt: &Runtime,
    caller: &Caller,
    request: pb::AskStatusRequest,
) -> Result<pb::MaritalStatus, Fault> {
    if !ROLES.into_iter().any(|role| caller.has_role(role)) {
        return Err(Fault::forbidden());
    }
    let asked = Asked::read(request)?;
    let now = rt.now();
    let today = time::beijing_date(now);
    let key = rt.keyer.document_key(&asked.id).as_str().to_owned();
    let mut tx = rt.pool.begin().await?;
    let known = read::known(&mut tx, std::slice::from_ref(&key)).await?;
    let known = known.into_iter().next().unwrap_or_default();
    let answer = match &known {
        known if known.frozen.is_some() => Answer::Frozen,
        known if !named(rt, &mut tx, known, &key, &asked.name).await? => Answer::NoMatch,
        known => Answer::Status(status::of(&key, known, today)),
    };
    let id = ids::new(now);
    log(&mut tx, caller, (id, &key), (&asked, &answer), now).await?;
    tx.commit().await?;
    match answer {
        Answer::Status(status) => Ok(pb::MaritalStatus {
            status: status.code().to_owned(),
            label: status.label().to_owned(),
            married: status.married(),
            as_of: today.to_string(),
            inquiry: id.to_string(),
        }),
        Answer::NoMatch => Err(Fault::precondition(
            "NAME_MISMATCH",
            "姓名与证件号码不一致，请核对后再查询。",
        )),
        Answer::Frozen => Err(Fault::precondition(
            "FROZEN",
            "此人的婚姻登记信息有冲突，正在核实，暂时不能答复；请稍后再查询，或者请本人提供证件。",
        )),
    }
}

/// Whether the name goes with the last record; without records only the number counts.
async fn named(
    rt: &Runtime,
    conn: &mut PgConnection,
    known: &Known,
    key: &str,
    name: &str,
) -> Result<bool, Fault> {
    let Some(last) = known.records.last() else {
        return Ok(true);
    };
    let body: Vec<u8> = sqlx::query_scalar("select body from marriage.record where id = $1")
        .bind(last.id)
        .fetch_one(conn)
        .await?;
    let body = Body::open(rt, last.id, &body)?;
    let spouse = match last.spouses[0] == key {
        true => body.a,
        false => body.b,
    };
    Ok(spouse.name.trim() == name)
}

/// Keeps who was told by a proof what the register says of a person.
pub(super) async fn note(
    conn: &mut PgConnection,
    inquiry: &Inquiry,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into marriage.inquiry
             (id, person_key, asked_at, account, asked_by, purpose, legal_basis, answer)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(ids::new(now))
    .bind(&inquiry.person)
    .bind(to_chrono(now))
    .bind(inquiry.account)
    .bind(&inquiry.asked_by)
    .bind(&inquiry.purpose)
    .bind(&inquiry.legal_basis)
    .bind(inquiry.answer)
    .execute(conn)
    .await?;
    Ok(())
}

async fn log(
    conn: &mut PgConnection,
    caller: &Caller,
    (id, person_key): (Uuid, &str),
    (asked, answer): (&Asked, &Answer),
    now: Timestamp,
) -> sqlx::Result<()> {
    let answer = match answer {
        Answer::Status(status) => status.code(),
        Answer::NoMatch => "no_match",
        Answer::Frozen => "frozen",
    };
    sqlx::query(
        "insert into marriage.inquiry
             (id, person_key, asked_at, account, asked_by, purpose, legal_basis, answer)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(person_key)
    .bind(to_chrono(now))
    .bind(caller.account)
    .bind(&caller.name)
    .bind(&asked.purpose)
    .bind(&asked.legal_basis)
    .bind(answer)
    .execute(&mut *conn)
    .await?;
    let entry = audit::Entry {
        at: now,
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "status.ask".to_owned(),
        object: format!("person/{person_key}"),
        purpose: Some(asked.purpose.clone()),
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "inquiry": id, "legal_basis": asked.legal_basis }),
    };
    audit::record(conn, &entry).await
}

impl Asked {
    fn read(request: pb::AskStatusRequest) -> Result<Self, Fault> {
        let mut wrong = Vec::new();
        let mut text = |field: &str, value: &str, shortest: usize, message: &str| {
            let value = value.trim();
            let fits = (shortest..=200).contains(&value.chars().count());
            if !fits || !is_readable(value) {
                wrong.push(FieldViolation::new(field, "REQUIRED", message));
            }
            value.to_owned()
        };
        let name = text("/name", &request.name, 1, "请填写被查询人的姓名。");
        let message = "请写明查询用途（4到200个字），会记入日志。";
        let purpose = text("/purpose", &request.purpose, 4, message);
        let message = "请写明法律依据（4到200个字），例如《社会救助暂行办法》第五十八条。";
        let legal_basis = text("/legal_basis", &request.legal_basis, 4, message);
        let fields = [&*request.document, &*request.country, &*request.id_number];
        let id = document::read(fields, "");
        wrong.extend(id.as_ref().err().cloned());
        match id {
            Ok(id) if wrong.is_empty() => Ok(Self {
                name,
                id,
                purpose,
                legal_basis,
            }),
            _ => Err(Fault::invalid(wrong)),
        }
    }
}
