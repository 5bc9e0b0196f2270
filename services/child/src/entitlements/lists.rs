//! What a case was paid; what the comparison of a month found.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{Runtime, closed};
use yiwang_chassis::{
    audit,
    db::{from_chrono, from_chrono_date},
    fault::Fault,
    identity::Caller,
};
use yiwang_civic::{
    mask,
    time::{beijing_date, month_of},
};
use yiwang_proto::child::v1 as pb;

use super::api;
use crate::payment::make::day_of;

/// A payment as it stands.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    case_number: String,
    month: chrono::NaiveDate,
    kind: String,
    part: String,
    fen: i64,
    state: String,
    reason: String,
    payee_kind: String,
    payee_name: Option<Vec<u8>>,
    sent_at: Option<chrono::DateTime<chrono::Utc>>,
    settled_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Sealed name of the child; care fees and projects show none.
    label: Option<Vec<u8>>,
}

/// The columns of a [`Row`].
pub(super) const COLUMNS: &str = "p.id, p.case_number, p.month, p.kind, p.part, p.fen, p.state, p.reason, \
     p.payee_kind, p.payee_name, p.sent_at, p.settled_at, e.label \
     from child.payment p left join child.entitlement e using (case_number)";

fn label_of(state: &str) -> &'static str {
    match state {
        "held" => "等待发放",
        "ready" => "待送银行",
        "sent" => "银行处理中",
        "paid" => "已发放",
        "returned" => "银行退回",
        _ => "已取消",
    }
}

impl Row {
    /// As others see it: names masked.
    pub(super) fn shown(self, rt: &Runtime) -> Result<pb::Payment, Fault> {
        let label: String = match &self.label {
            Some(sealed) => rt.open("entitlement", &self.case_number, sealed)?,
            None => String::new(),
        };
        let name: Option<String> = match &self.payee_name {
            Some(sealed) => Some(rt.open("payment", &self.id.to_string(), sealed)?),
            None => None,
        };
        let day = |at: Option<chrono::DateTime<chrono::Utc>>| {
            at.map_or_else(String::new, |at| beijing_date(from_chrono(at)).to_string())
        };
        let paid = self.state == "paid";
        Ok(pb::Payment {
            id: self.id.to_string(),
            case_number: self.case_number,
            month: month_of(from_chrono_date(self.month)).to_string(),
            kind: self.kind,
            part: self.part,
            fen: self.fen,
            set_off_fen: 0,
            state_label: label_of(&self.state).to_owned(),
            state: self.state,
            reason: self.reason,
            payee_name: name.map_or_else(String::new, |name| mask::name(&name)),
            payee_kind: self.payee_kind,
            sent_on: day(self.sent_at),
            paid_on: if paid {
                day(self.settled_at)
            } else {
                String::new()
            },
            label: mask::name(&label),
        })
    }
}

/// What a case was paid, for who stands on it: whoever may not see the case gets the answer for
/// one that does not exist.
pub(super) async fn payments(
    rt: &Runtime,
    caller: &Caller,
    number: &str,
) -> Result<pb::PaymentList, Fault> {
    let number = number.trim();
    let mut conn = rt.pool.begin().await?;
    closed::look(rt, &mut conn, caller, number, "payment.read").await?;
    let sql = format!(
        "select {COLUMNS} where p.case_number = $1 order by p.month desc, p.id desc limit 300"
    );
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(number)
        .fetch_all(&mut *conn)
        .await?;
    let overpayments = overpayments(&mut conn, number).await?;
    conn.commit().await?;
    let owed = overpayments
        .iter()
        .map(|it| it.fen - it.recovered_fen)
        .sum();
    let mut payments: Vec<pb::Payment> = rows
        .into_iter()
        .map(|row| row.shown(rt))
        .collect::<Result<_, Fault>>()?;
    // A guardian whom the child was taken from does not learn who has it now.
    if !caller.is_staff() {
        for payment in &mut payments {
            payment.payee_name.clear();
        }
    }
    let paid = payments.iter().filter(|it| it.state == "paid");
    Ok(pb::PaymentList {
        paid_fen: paid.map(|it| it.fen).sum(),
        owed_fen: owed,
        payments,
        overpayments,
    })
}

async fn overpayments(
    conn: &mut PgConnection,
    number: &str,
) -> Result<Vec<pb::Overpayment>, Fault> {
    let rows: Vec<(chrono::NaiveDate, i64, i64, String)> = sqlx::query_as(
        "select month, fen, recovered_fen, reason from child.overpayment
          where case_number = $1 and fen > 0 order by month",
    )
    .bind(number)
    .fetch_all(conn)
    .await?;
    let shown = rows
        .into_iter()
        .map(|(month, fen, recovered_fen, reason)| pb::Overpayment {
            month: month_of(from_chrono_date(month)).to_string(),
            fen,
            recovered_fen,
            reason,
        });
    Ok(shown.collect())
}

#[derive(sqlx::FromRow)]
struct Found {
    case_number: String,
    kind: String,
    division: String,
    label: Vec<u8>,
    found: Vec<String>,
    answered_at: Option<chrono::DateTime<chrono::Utc>>,
}

fn found_label(code: &str) -> &'static str {
    match code {
        "died" => "孩子可能已经死亡",
        "left_school" => "可能不再在校就读",
        "benefit" => "同时享受其他待遇",
        "parent_back" => "父母一方的情况可能已经结束",
        "parent_changed" => "父母一方的情况有变化",
        _ => "有变化",
    }
}

/// What the comparison found and nobody has settled.
pub(super) async fn comparisons(
    rt: &Runtime,
    caller: &Caller,
    message: &pb::ListComparisonsRequest,
) -> Result<pb::ComparisonList, Fault> {
    let month = api::month(rt, &message.month)?;
    let division = message.division.trim();
    let mut conn = rt.pool.acquire().await?;
    let (compared, unanswered): (i64, i64) = sqlx::query_as(
        "select count(*), count(*) filter (where c.answered_at is null)
           from child.comparison c join child.entitlement e using (case_number)
          where c.month = $1 and starts_with(e.division, $2)",
    )
    .bind(day_of(month))
    .bind(division)
    .fetch_one(&mut *conn)
    .await?;
    let rows: Vec<Found> = sqlx::query_as(
        "select c.case_number, e.kind, e.division, e.label, c.found, c.answered_at
           from child.comparison c join child.entitlement e using (case_number)
          where c.month <= $1 and not c.settled and c.found <> '{}' and starts_with(e.division, $2)
          order by c.month desc, c.case_number limit 500",
    )
    .bind(day_of(month))
    .bind(division)
    .fetch_all(&mut *conn)
    .await?;
    let mut differences = Vec::new();
    for row in rows {
        let label: String = rt.open("entitlement", &row.case_number, &row.label)?;
        let on = row
            .answered_at
            .map(|at| beijing_date(from_chrono(at)).to_string());
        differences.extend(row.found.iter().map(|code| pb::Difference {
            case_number: row.case_number.clone(),
            kind: row.kind.clone(),
            division: row.division.get(..9).unwrap_or(&row.division).to_owned(),
            label: mask::name(&label),
            found: code.clone(),
            found_label: found_label(code).to_owned(),
            found_on: on.clone().unwrap_or_default(),
        }));
    }
    let entry = api::read_entry(rt, caller, "comparison", format!("division/{division}"));
    audit::record(&mut conn, &entry).await?;
    Ok(pb::ComparisonList {
        month: month.to_string(),
        compared,
        unanswered,
        differences,
    })
}
