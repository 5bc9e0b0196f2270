//! What was paid: kept once, listed for the case, counted for a year.

use chrono::NaiveDate;
use sqlx::{FromRow, PgConnection};
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::{
    db::to_chrono_date,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_civic::division;
use yiwang_proto::child::v1 as pb;

use super::refused;
use crate::domain::projects::payment::Payment;

/// Fewer children than this are not counted out: they could be recognized.
const FEWEST: i64 = 5;

/// Which case a payment belongs to.
pub(super) struct About<'a> {
    pub(super) case_number: &'a str,
    pub(super) division: &'a str,
    pub(super) kind: &'a str,
    pub(super) person_key: &'a str,
    pub(super) payee: &'a str,
}

impl About<'_> {
    /// Keeps a payment that two have signed and the bank has made.
    pub(super) async fn keep(
        &self,
        conn: &mut PgConnection,
        paid: &Payment,
    ) -> Result<(), ApplyError> {
        let saved = sqlx::query(
            "insert into child.project_payment
                 (case_number, division, kind, person_key, school_year, period, fen, voucher,
                  paid_on, payee, entered_by, signed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(self.case_number)
        .bind(self.division)
        .bind(self.kind)
        .bind(self.person_key)
        .bind(paid.due.school_year.map(i32::from))
        .bind(&paid.due.period)
        .bind(paid.due.fen.0)
        .bind(paid.pay.voucher.trim())
        .bind(to_chrono_date(paid.pay.paid_on))
        .bind(self.payee)
        .bind(paid.entered.account)
        .bind(paid.signed.account)
        .execute(conn)
        .await;
        let paid = "这一笔已经支付过，请刷新页面。";
        let two = "登记和复核不能是同一个人，请由另一名工作人员登录自己的账号复核。";
        let rules = [
            ("one_instalment", "ALREADY_PAID", paid),
            ("one_bill", "ALREADY_PAID", paid),
            ("two_persons", "SAME_PERSON", two),
        ];
        saved.map(|_| ()).map_err(|error| refused(error, &rules))
    }
}

#[derive(FromRow)]
struct Row {
    kind: String,
    school_year: Option<i32>,
    period: String,
    fen: i64,
    voucher: String,
    paid_on: NaiveDate,
    payee: String,
}

/// The payments of a case, the latest first.
pub(super) async fn of_case(
    rt: &Runtime,
    case_number: &str,
) -> Result<pb::ProjectPaymentList, Fault> {
    let rows: Vec<Row> = sqlx::query_as(
        "select kind, school_year, period, fen, voucher, paid_on, payee
           from child.project_payment where case_number = $1 order by id desc",
    )
    .bind(case_number)
    .fetch_all(&rt.pool)
    .await?;
    let total_fen = rows.iter().map(|row| row.fen).sum();
    let payments = rows.into_iter().map(|row| pb::ProjectPayment {
        case_number: case_number.to_owned(),
        kind: row.kind,
        school_year: row
            .school_year
            .map_or_else(String::new, |year| year.to_string()),
        period: row.period,
        fen: row.fen,
        voucher: row.voucher,
        paid_on: row.paid_on.to_string(),
        payee: row.payee,
    });
    Ok(pb::ProjectPaymentList {
        payments: payments.collect(),
        total_fen,
    })
}

/// What was paid within a division in a year; nobody can be recognized in it.
pub(super) async fn of_year(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetYearRequest,
) -> Result<pb::YearFigures, Fault> {
    let place = request.division.trim();
    let roles = [Role::ChildCounty, Role::WelfareHome];
    if !roles.iter().any(|role| caller.has(*role, place)) {
        return Err(Fault::forbidden());
    }
    if !(2000..=2200).contains(&request.year) {
        return Err(Fault::invalid_field("/year", "WRONG_VALUE", "请填写年份。"));
    }
    let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
        "select kind, count(distinct person_key), count(*), coalesce(sum(fen), 0)::bigint
           from child.project_payment
          where starts_with(division, $1)
            and paid_on >= make_date($2, 1, 1) and paid_on < make_date($2 + 1, 1, 1)
          group by kind",
    )
    .bind(division::scope_prefix(place))
    .bind(request.year)
    .fetch_all(&rt.pool)
    .await?;
    let of = |(kind, label): (&str, &str)| {
        let row = rows.iter().find(|row| row.0 == kind);
        let (children, payments, fen) = row.map_or((0, 0, 0), |row| (row.1, row.2, row.3));
        let few = children > 0 && children < FEWEST;
        let told = |figure: i64| if few { -1 } else { figure };
        pb::ProjectYear {
            kind: kind.to_owned(),
            label: label.to_owned(),
            children: told(children),
            payments: told(payments),
            fen: told(fen),
        }
    };
    let projects = [("MT", "孤儿医疗康复明天计划"), ("ZX", "孤儿助学工程")];
    Ok(pb::YearFigures {
        projects: projects.into_iter().map(of).collect(),
    })
}
