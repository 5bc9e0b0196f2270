//! Somebody comes on the roster, or leaves it.

use jiff::civil::Date;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono_date,
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
    ids,
};
use yiwang_civic::{citizen_id::CitizenId, division, time::beijing_date};
use yiwang_proto::child::v1 as pb;

use super::{Asked, COLUMNS, DIRECTOR, Person, Row, county_of, keeps};
use crate::{
    domain::welfare::roster::Post,
    welfare::{alarms, trail, violates},
};

fn unknown() -> Fault {
    let message = "没有找到这名儿童主任、儿童督导员，请刷新后重试。";
    Fault::new(Code::NotFound, "DIRECTOR_UNKNOWN", message)
}

/// The row, locked, for who keeps it.
pub(super) async fn lock(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    id: &str,
) -> Result<(Row, Asked), Fault> {
    let id: Uuid = id.trim().parse().map_err(|_| unknown())?;
    let asked = Asked::here(rt, "000000")?;
    let sql = format!("{COLUMNS} where d.id = $2 for update of d");
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(asked.year())
        .bind(id)
        .fetch_optional(conn)
        .await?;
    let row = row.ok_or_else(unknown)?;
    let post = Post::from_code(&row.post).ok_or_else(unknown)?;
    keeps(caller, post, &row.division).map_err(|_| unknown())?;
    let asked = Asked::here(rt, county_of(&row.division))?;
    Ok((row, asked))
}

pub(super) async fn shown(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    act: &str,
) -> Result<pb::Director, Fault> {
    let (row, asked) = lock(rt, conn, caller, &id.to_string()).await?;
    let told = (DIRECTOR, id.to_string());
    trail::saved(rt, conn, caller, told, &row.division, act).await?;
    row.shown(rt, asked)
}

/// What was typed of somebody.
struct Read {
    post: Post,
    division: String,
    id: Option<CitizenId>,
    since: Date,
    until: Option<Date>,
}

fn read(wanted: &pb::Director, is_new: bool, today: Date) -> Result<Read, Fault> {
    let mut found = Vec::new();
    let mut wrong = |at: &str, code: &'static str, message: &str| {
        found.push(FieldViolation::new(at, code, message));
    };
    let post = Post::from_code(&wanted.role);
    let place = wanted.division.trim();
    match post {
        None => wrong("/role", "REQUIRED", "请选择儿童主任或者儿童督导员。"),
        Some(post) if place.len() != post.digits() || division::find(place).is_none() => {
            let message = match post {
                Post::Director => "请选择村（社区）。",
                Post::Supervisor => "请选择乡镇（街道）。",
            };
            wrong("/division", "DIVISION_UNKNOWN", message);
        }
        Some(_) => {}
    }
    for (text, at, message) in [
        (&wanted.name, "/name", "请填写姓名。"),
        (&wanted.phone, "/phone", "请填写电话，群众要找得到。"),
    ] {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 50 || !is_readable(text) {
            wrong(at, "REQUIRED", message);
        }
    }
    let id: Option<CitizenId> = wanted.id_number.trim().parse().ok();
    if is_new && id.is_none() {
        wrong(
            "/id_number",
            "ID_NUMBER",
            "身份证号有误，请核对后重新填写。",
        );
    }
    let (since, until) = days(wanted, today, &mut wrong);
    match (post, since, found.is_empty()) {
        (Some(post), Some(since), true) => Ok(Read {
            post,
            division: place.to_owned(),
            id,
            since,
            until,
        }),
        _ => Err(Fault::invalid(found)),
    }
}

/// First and last day.
fn days(
    wanted: &pb::Director,
    today: Date,
    wrong: &mut impl FnMut(&str, &'static str, &str),
) -> (Option<Date>, Option<Date>) {
    let since: Option<Date> = wanted.since.trim().parse().ok();
    if since.is_none() {
        wrong("/since", "NOT_A_DAY", "请填写到岗日期。");
    }
    let until = match wanted.until.trim() {
        "" => None,
        text => text.parse::<Date>().ok().or_else(|| {
            wrong("/until", "NOT_A_DAY", "离岗日期有误。");
            None
        }),
    };
    if until.is_some_and(|day| day > today || since.is_some_and(|since| day < since)) {
        wrong(
            "/until",
            "WRONG_DAY",
            "离岗日期应当不早于到岗日期，不晚于今天。",
        );
    }
    (since, until)
}

/// A director or supervisor; an empty id adds one.
pub(in crate::welfare) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveDirectorRequest,
) -> Result<pb::Director, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_director", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let mut wanted = request.director.unwrap_or_default();
    let known = match wanted.id.trim() {
        "" => None,
        id => Some(lock(rt, &mut tx, caller, id).await?.0),
    };
    if let Some(known) = &known {
        wanted.division.clone_from(&known.division);
        wanted.role.clone_from(&known.post);
    }
    let read = read(&wanted, known.is_none(), beijing_date(rt.now()))?;
    keeps(caller, read.post, &read.division)?;
    let id = known
        .as_ref()
        .map_or_else(|| ids::new(rt.now()), |row| row.id);
    let id_number = match (&read.id, &known) {
        (None, Some(row)) => row.person(rt)?.id_number,
        (Some(id), _) => id.as_str().to_owned(),
        (None, None) => String::new(),
    };
    let person = Person {
        name: wanted.name.trim().to_owned(),
        id_number,
        phone: wanted.phone.trim().to_owned(),
    };
    write(rt, &mut tx, id, &read, &wanted, &person).await?;
    alarms::owner_changed(rt, &mut tx, &read.division).await?;
    let answer = shown(rt, &mut tx, caller, id, "save").await?;
    claim.finish(rt, tx, answer).await
}

/// The row; who is on it twice, or has a record, is refused by the database.
async fn write(
    rt: &Runtime,
    conn: &mut PgConnection,
    id: Uuid,
    read: &Read,
    wanted: &pb::Director,
    person: &Person,
) -> Result<(), Fault> {
    let number: CitizenId = person.id_number.parse().map_err(Fault::internal)?;
    let saved = sqlx::query(
        "insert into child.director
             (id, post, division, person_key, committee, account, since, until, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do update set person_key = excluded.person_key,
             committee = excluded.committee, account = excluded.account,
             since = excluded.since, until = excluded.until, sealed = excluded.sealed,
             version = director.version + 1",
    )
    .bind(id)
    .bind(read.post.code())
    .bind(&read.division)
    .bind(rt.keyer.key(&number).as_str())
    .bind(wanted.committee)
    .bind(wanted.account.trim())
    .bind(to_chrono_date(read.since))
    .bind(read.until.map(to_chrono_date))
    .bind(rt.seal(DIRECTOR, &id.to_string(), person)?)
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_post") => {
            let message = "这个人已经在这里的名册上，请打开原来的一条修改。";
            Err(Fault::new(Code::AlreadyExists, "ON_ROSTER", message))
        }
        Err(error) if violates(&error, "director_not_barred") => {
            let message = "这个人有不得从业的记录，不能担任（未成年人保护法第六十二条）。";
            Err(Fault::precondition("DIRECTOR_BARRED", message))
        }
        Err(error) => Err(error.into()),
    }
}
