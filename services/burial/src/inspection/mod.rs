//! 双随机、一公开: draws that anybody can replay from their seed.
//!
//! Preparing keeps the pool, the inspectors and the hash of a seed that lies sealed and that
//! nobody has seen; running shows the seed and whom it picks. What was prepared stays on the
//! list, drawn or not.

mod stored;

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
    identity::Caller,
    ids,
};
use yiwang_proto::burial::v1 as pb;

use self::stored::{Stored, picks};
use crate::{
    domain::draw::{Inspector, Urn, commitment},
    planning::{county, planner, plans_for, refused, scope, trail},
};

/// Most in a pool or on a list.
const MOST: usize = 2_000;

pub(crate) async fn list(
    rt: &Runtime,
    request: pb::ListDrawsRequest,
) -> Result<pb::DrawList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let draws = stored::list(&mut conn, scope(&request.division)?).await?;
    let mut shown = Vec::with_capacity(draws.len());
    for draw in &draws {
        shown.push(draw.shown(&mut conn).await?);
    }
    Ok(pb::DrawList { draws: shown })
}

/// Facilities of the county; all open ones where none are named.
async fn pool(
    conn: &mut PgConnection,
    county: &str,
    named: &[String],
) -> Result<Vec<String>, Fault> {
    let open: Vec<String> = sqlx::query_scalar(
        "select code from burial.facility where active and county = $1 order by code",
    )
    .bind(county)
    .fetch_all(conn)
    .await?;
    if named.is_empty() {
        return Ok(open);
    }
    let named: Vec<String> = named.iter().map(|code| code.trim().to_owned()).collect();
    if named.len() > MOST || !named.iter().all(|code| open.contains(code)) {
        let message = "抽查对象只能是本县（市、区）正在运行的殡葬设施，请核对。";
        return Err(Fault::invalid_field("/pool", "FACILITY_UNKNOWN", message));
    }
    Ok(named)
}

fn inspectors(given: Vec<pb::Inspector>) -> Result<Vec<Inspector>, Fault> {
    let wrong = || {
        let message = "请填写每名执法人员的姓名和执法证号。";
        Fault::invalid_field("/inspectors", "REQUIRED", message)
    };
    if given.len() > MOST {
        return Err(wrong());
    }
    let read = |one: pb::Inspector| {
        let (id, name) = (one.id.trim().to_owned(), one.name.trim().to_owned());
        let sized = |text: &str| (1..=50).contains(&text.chars().count());
        let readable = |text: &str| !text.chars().any(char::is_control);
        let fits = |text: &str| sized(text) && readable(text);
        let avoids = one
            .avoids
            .iter()
            .map(|code| code.trim().to_owned())
            .collect();
        (fits(&id) && fits(&name))
            .then_some(Inspector { id, name, avoids })
            .ok_or_else(wrong)
    };
    given.into_iter().map(read).collect()
}

pub(crate) async fn prepare(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::PrepareDrawRequest,
) -> Result<pb::Draw, Fault> {
    planner(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "draw.prepare", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(draw) => return Ok(draw),
    };
    let county = county(&request.county, "/county")?.code;
    plans_for(caller, county)?;
    let title = request.title.trim().to_owned();
    if !(2..=50).contains(&title.chars().count()) {
        let message = "请填写抽查名称，例如2026年第二季度殡葬设施检查。";
        return Err(Fault::invalid_field("/title", "REQUIRED", message));
    }
    let (id, now) = (ids::new(rt.now()), rt.now());
    let seed = hex::encode(rand::random::<[u8; 32]>());
    let draw = Stored {
        id,
        county: county.to_owned(),
        title,
        commitment: commitment(&seed),
        sealed_seed: rt.seal("draw", &id.to_string(), &seed)?,
        seed: None,
        pool: pool(&mut tx, county, &request.pool).await?,
        inspectors: inspectors(request.inspectors)?,
        wanted: request.wanted,
        each: request.each,
        picked: None,
        prepared_at: now,
        prepared_by: caller.name.clone(),
        drawn_at: None,
        drawn_by: None,
    };
    draw.urn().check().map_err(refused)?;
    draw.insert(&mut tx).await?;
    tell(rt, &mut tx, caller, &draw, "prepared").await?;
    let shown = draw.shown(&mut tx).await?;
    claim.finish(rt, tx, shown).await
}

pub(crate) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::RunDrawRequest,
) -> Result<pb::Draw, Fault> {
    planner(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "draw.run", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(draw) => return Ok(draw),
    };
    let mut draw = stored::lock(&mut tx, id(&request.id)?)
        .await?
        .ok_or_else(unknown)?;
    plans_for(caller, &draw.county)?;
    if draw.seed.is_some() {
        let message = "这次抽查已经抽取，结果不能更改；需要再抽的，请另行准备。";
        return Err(Fault::precondition("DRAWN", message));
    }
    let seed: String = rt.open("draw", &draw.id.to_string(), &draw.sealed_seed)?;
    let picked = draw.urn().draw(&seed);
    sqlx::query(
        "update burial.draw set seed = $2, picked = $3, drawn_at = $4, drawn_by = $5 where id = $1",
    )
    .bind(draw.id)
    .bind(&seed)
    .bind(serde_json::to_value(&picked).map_err(Fault::internal)?)
    .bind(to_chrono(rt.now()))
    .bind(&caller.name)
    .execute(&mut *tx)
    .await?;
    draw.seed = Some(seed);
    draw.picked = Some(picked);
    draw.drawn_at = Some(rt.now());
    draw.drawn_by = Some(caller.name.clone());
    tell(rt, &mut tx, caller, &draw, "drawn").await?;
    let shown = draw.shown(&mut tx).await?;
    claim.finish(rt, tx, shown).await
}

/// Draws again from what was kept, for anybody who doubts.
pub(crate) async fn replay(
    rt: &Runtime,
    request: pb::ReplayDrawRequest,
) -> Result<pb::DrawReplay, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let draw = stored::find(&mut conn, id(&request.id)?)
        .await?
        .ok_or_else(unknown)?;
    let Some(seed) = &draw.seed else {
        let message = "这次抽查还没有抽取，抽取以后才能复算。";
        return Err(Fault::precondition("NOT_DRAWN", message));
    };
    let again = draw.urn().draw(seed);
    Ok(pb::DrawReplay {
        equal: draw.picked.as_ref() == Some(&again),
        seed_fits: commitment(seed) == draw.commitment,
        picked: picks(&mut conn, &again).await?,
    })
}

impl Stored {
    fn urn(&self) -> Urn<'_> {
        Urn {
            pool: &self.pool,
            inspectors: &self.inspectors,
            wanted: usize::try_from(self.wanted).unwrap_or(0),
            each: usize::try_from(self.each).unwrap_or(0),
        }
    }
}

fn id(text: &str) -> Result<Uuid, Fault> {
    text.trim().parse().map_err(|_| unknown())
}

fn unknown() -> Fault {
    let message = "没有找到这次抽查，请从列表重新打开。";
    Fault::new(Code::NotFound, "DRAW_UNKNOWN", message)
}

async fn tell(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    draw: &Stored,
    event: &'static str,
) -> sqlx::Result<()> {
    let payload = pb::DrawChanged {
        id: draw.id.to_string(),
        county: draw.county.clone(),
        commitment: draw.commitment.clone(),
    };
    let change = trail::Change {
        aggregate: "draw",
        id: payload.id.clone(),
        event,
        reason: None,
        detail: json!({ "title": draw.title, "commitment": draw.commitment,
                        "pool": draw.pool.len(), "wanted": draw.wanted }),
    };
    trail::write(rt, conn, caller, change, &payload).await
}
