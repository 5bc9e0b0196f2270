//! A meal for everybody in the house, at once: one for each, counted, and a line of each care log.

use serde_json::json;
use yiwang_casework::{
    ApplyError, Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    super::{
        articles::{self, Move},
        care, trail, worked_at,
    },
    articles::{article, article_unknown},
};
use crate::domain::stay::words::CareKind;

/// Meals of a day, by code.
const MEALS: [(&str, &str); 3] = [("breakfast", "早餐"), ("lunch", "午餐"), ("supper", "晚餐")];

fn failed(error: ApplyError) -> Fault {
    match error {
        ApplyError::Refused(refusal) => Fault::precondition(refusal.code, refusal.message),
        ApplyError::Database(error) => error.into(),
    }
}

/// Everybody who lies in a room of the station has one.
pub(in super::super) async fn serve(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ServeMealRequest,
) -> Result<pb::MealServed, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "serve_meal", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(served) => return Ok(served),
    };
    let known = article(&mut tx, caller, &request.article, &[Role::Station]).await?;
    let station = worked_at(&mut tx, caller, &known.station, &[Role::Station]).await?;
    let meal = MEALS.iter().find(|(code, _)| *code == request.meal.trim());
    let Some((code, meal)) = meal else {
        let message = "请选择早餐、午餐或者晚餐。";
        return Err(Fault::invalid_field("/meal", "REQUIRED", message));
    };
    if known.kind != "meal" {
        let message = "这种物品不是饭食，请从饭食里选。";
        return Err(Fault::invalid_field("/article", "WRONG_KIND", message));
    }
    // Nobody leaves the house between the count and the meal: stays before the article.
    let here: Vec<String> = sqlx::query_scalar(
        "select stay.case_number from rescue.stay
           join rescue.occupancy o on o.id = stay.occupancy
           join rescue.place p on p.id = o.place
          where stay.station = $1 and stay.state = 'admitted' and p.kind = 'room'
          order by stay.case_number for share of stay",
    )
    .bind(&station.code)
    .fetch_all(&mut *tx)
    .await?;
    if here.is_empty() {
        let message = "房间里现在没有受助人员。";
        return Err(Fault::precondition("NOBODY_HERE", message));
    }
    let people = i32::try_from(here.len()).unwrap_or(i32::MAX);
    if known.on_hand < people {
        let message = format!(
            "要{people}{unit}，{name}只剩{left}{unit}，请先登记入库。",
            unit = known.unit,
            name = known.name,
            left = known.on_hand
        );
        return Err(Fault::invalid_field("/article", "OUT_OF_STOCK", message));
    }
    let (now, by) = (rt.now(), caller.name.as_str());
    let text = format!("{meal}：{}1{}", known.name, known.unit);
    for number in &here {
        let mv = Move {
            article: known.id,
            quantity: -1,
            case_number: Some(number),
            encounter: None,
            reason: meal,
            by,
        };
        articles::count(&mut tx, mv, now).await.map_err(failed)?;
        let line = care::add(rt, &mut tx, number, (CareKind::Meal, &text), by, now);
        line.await.map_err(failed)?;
    }
    let detail = json!({ "meal": code, "served": people });
    let what = ("stock", known.id.to_string());
    trail::saved(rt, &mut tx, caller, &station, what, detail).await?;
    let left = articles::find(&mut tx, known.id).await?;
    let served = pb::MealServed {
        served: people,
        on_hand: left.ok_or_else(article_unknown)?.on_hand,
    };
    claim.finish(rt, tx, served).await
}
