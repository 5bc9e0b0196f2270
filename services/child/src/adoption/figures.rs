//! Registrations by kind and month; small counts are not told, so that nobody is recognized.

use sqlx::Row;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::to_chrono_date,
    fault::{Fault, FieldViolation},
    identity::Caller,
};
use yiwang_civic::time::{Month, beijing_date};
use yiwang_proto::child::v1 as pb;

use super::county;
use crate::domain::adoption::{REGISTRAR, law::kind::Kind};

fn month(text: &str, at: &str) -> Result<Month, Fault> {
    text.trim().parse().map_err(|_| {
        let message = "请填写月份，例如 2026-05。";
        Fault::invalid(vec![FieldViolation::new(at, "WRONG_VALUE", message)])
    })
}

fn label(kind: &str) -> &'static str {
    match kind {
        "SJ" => "解除收养关系",
        "SX" => "撤销收养登记",
        "JY" => "家庭寄养入户",
        kind => Kind::from_code(kind).map_or("", Kind::label),
    }
}

/// Figures of a county.
pub(super) async fn of(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetFiguresRequest,
) -> Result<pb::AdoptionFigures, Fault> {
    let county = county(caller, REGISTRAR, &request.county)?;
    let from = month(&request.from_month, "/from_month")?;
    let to = month(&request.to_month, "/to_month")?;
    let today = beijing_date(rt.now());
    let rule = rt
        .rules
        .lookup("child.adoption.hidden_below", &county, today);
    let least = rule.and_then(|rule| rule.int()).map_err(Fault::internal)?;
    let mut conn = rt.pool.acquire().await?;
    let rows = sqlx::query(
        "select to_char(day, 'YYYY-MM') as month, kind, count(*) as count from (
             select registered_on as day, kind from child.adoption
              where county = $1 and registered_on is not null
             union all
             select ended_on, case state when 'dissolved' then 'SJ' else 'SX' end
               from child.adoption_end where county = $1
             union all
             select placed_on, 'JY' from child.foster
              where county = $1 and placed_on is not null
         ) as told
          where day between $2 and $3 group by 1, 2 order by 1, 2",
    )
    .bind(&county)
    .bind(to_chrono_date(from.first_day()))
    .bind(to_chrono_date(to.last_day()))
    .fetch_all(&mut *conn)
    .await?;
    let figure = |row: &sqlx::postgres::PgRow| -> sqlx::Result<pb::AdoptionFigure> {
        let kind: String = row.try_get("kind")?;
        let count: i64 = row.try_get("count")?;
        let hidden = count < least;
        Ok(pb::AdoptionFigure {
            month: row.try_get("month")?,
            label: label(&kind).to_owned(),
            kind,
            count: if hidden { 0 } else { count },
            hidden,
        })
    };
    Ok(pb::AdoptionFigures {
        figures: rows.iter().map(figure).collect::<sqlx::Result<_>>()?,
    })
}
