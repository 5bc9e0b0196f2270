//! Articles and their stock: moved, never written over.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    ApplyError, Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
    ids,
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    super::{
        WATCHERS,
        articles::{self, Article, Move},
        lists, trail, worked_at,
    },
    checks::{all_right, line, named_once, note},
};

const ARTICLES: [&str; 7] = [
    "meal", "clothing", "bedding", "medicine", "hygiene", "ticket", "other",
];

/// An article; its stock is moved, never written over.
pub(in super::super) async fn save_article(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveArticleRequest,
) -> Result<pb::Article, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_article", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(article) => return Ok(article),
    };
    let wanted = request.article.unwrap_or_default();
    let station = worked_at(&mut tx, caller, &wanted.station, &WATCHERS).await?;
    let (name, unit) = (wanted.name.trim(), wanted.unit.trim());
    let mut wrong = Vec::new();
    line(&mut wrong, "/article/name", name, "请填写名称。");
    line(&mut wrong, "/article/unit", unit, "请填写单位，例如“份”。");
    let kind = ARTICLES.contains(&wanted.kind.as_str());
    note(&mut wrong, !kind, "/article/kind", "请选择种类。");
    all_right(wrong)?;
    let id = match wanted.id.trim() {
        "" => ids::new(rt.now()),
        text => {
            let known = article(&mut tx, caller, text, &WATCHERS).await?;
            if known.station != station.code {
                return Err(article_unknown());
            }
            known.id
        }
    };
    let saved = sqlx::query(
        "insert into rescue.article (id, station, name, unit, kind, on_hand)
         values ($1, $2, $3, $4, $5, 0)
         on conflict (id) do update set name = excluded.name, unit = excluded.unit,
             kind = excluded.kind",
    )
    .bind(id)
    .bind(&station.code)
    .bind(name)
    .bind(unit)
    .bind(&wanted.kind)
    .execute(&mut *tx)
    .await;
    named_once(saved, "article_station_name_key", "/article/name")?;
    let detail = json!({ "name": name, "unit": unit, "kind": wanted.kind });
    trail::saved(
        rt,
        &mut tx,
        caller,
        &station,
        ("article", id.to_string()),
        detail,
    )
    .await?;
    let saved = articles::find(&mut tx, id)
        .await?
        .ok_or_else(article_unknown)?;
    claim.finish(rt, tx, lists::article_out(saved)).await
}

/// An article, for who works at its station or answers for it.
pub(in super::super) async fn article(
    conn: &mut PgConnection,
    caller: &Caller,
    id: &str,
    roles: &[Role],
) -> Result<Article, Fault> {
    let id: Uuid = id.trim().parse().map_err(|_| article_unknown())?;
    let article = articles::find(conn, id)
        .await?
        .ok_or_else(article_unknown)?;
    worked_at(conn, caller, &article.station, roles).await?;
    Ok(article)
}

/// The same answer for an article of others and for none.
pub(super) fn article_unknown() -> Fault {
    let message = "没有这种物品，请刷新后重试。";
    Fault::new(Code::NotFound, "ARTICLE_UNKNOWN", message)
}

/// Comes in, or is written off, with the reason.
pub(in super::super) async fn stock(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::MoveStockRequest,
) -> Result<pb::Article, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "move_stock", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(article) => return Ok(article),
    };
    let known = article(&mut tx, caller, &request.article, &[Role::Station]).await?;
    let station = worked_at(&mut tx, caller, &known.station, &[Role::Station]).await?;
    let reason = request.reason.trim();
    let mut wrong = Vec::new();
    note(
        &mut wrong,
        request.quantity == 0,
        "/quantity",
        "请填写数量，入库为正，报损为负。",
    );
    line(&mut wrong, "/reason", reason, "请写明来源或者报损原因。");
    all_right(wrong)?;
    let mv = Move {
        article: known.id,
        quantity: request.quantity,
        case_number: None,
        encounter: None,
        reason,
        by: &caller.name,
    };
    articles::count(&mut tx, mv, rt.now())
        .await
        .map_err(|error| match error {
            ApplyError::Refused(refusal) => {
                Fault::invalid_field("/quantity", refusal.code, refusal.message)
            }
            ApplyError::Database(error) => error.into(),
        })?;
    let detail = json!({ "quantity": request.quantity, "reason": reason });
    trail::saved(
        rt,
        &mut tx,
        caller,
        &station,
        ("stock", known.id.to_string()),
        detail,
    )
    .await?;
    let saved = articles::find(&mut tx, known.id)
        .await?
        .ok_or_else(article_unknown)?;
    claim.finish(rt, tx, lists::article_out(saved)).await
}
