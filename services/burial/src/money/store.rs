//! Bills in their tables: recorded once for each case and round.

use chrono::{DateTime, Utc};
use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::ApplyError;
use yiwang_chassis::db::{from_chrono, to_chrono, to_chrono_date};
use yiwang_civic::time;

use super::{refuse, violates};
use crate::domain::bill::{Bill, Line};

/// A bill that is to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The case it belongs to.
    pub case_number: &'a str,
    /// Who charges.
    pub facility: &'a str,
    /// Key of the dead person; none for the nameless.
    pub person: Option<&'a str>,
    /// 1, and one more for each renewal.
    pub round: usize,
}

/// A bill on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Number.
    pub number: String,
    /// The case it belongs to.
    pub case_number: String,
    /// Who charged.
    pub facility: String,
    /// `open`, `settled` or `refunded`.
    pub state: String,
    /// All lines.
    pub lines_fen: i64,
    /// The family paid.
    pub charged_fen: i64,
    /// 惠民 paid.
    pub waived_fen: i64,
    /// A subsidy paid.
    pub subsidised_fen: i64,
    /// Given back.
    pub refunded_fen: i64,
    /// When.
    pub issued_at: Timestamp,
}

async fn next_number(conn: &mut PgConnection, facility: &str, today: Date) -> sqlx::Result<String> {
    let last: i32 = sqlx::query_scalar(
        "insert into burial.bill_serial as counter (facility, year, last) values ($1, $2, 1)
         on conflict (facility, year) do update set last = counter.last + 1
         returning last",
    )
    .bind(facility)
    .bind(i32::from(today.year()))
    .fetch_one(conn)
    .await?;
    Ok(format!("ZD{facility}-{}-{last:06}", today.year()))
}

/// Records a bill as settled: what is left to pay is paid at the desk. Answers its number.
///
/// # Errors
/// `ALREADY_SETTLED`; `NOT_ON_LIST` when the list has no such row: the database has the last
/// word.
pub async fn record(
    conn: &mut PgConnection,
    new: New<'_>,
    bill: &Bill,
    now: Timestamp,
) -> Result<String, ApplyError> {
    let number = next_number(conn, new.facility, time::beijing_date(now)).await?;
    let inserted = sqlx::query(
        "insert into burial.bill
             (number, case_number, facility, person_key, state, lines_fen, charged_fen,
              waived_fen, subsidised_fen, issued_at, settled_at, round)
         values ($1, $2, $3, $4, 'settled', $5, $6, $7, $8, $9, $9, $10)",
    )
    .bind(&number)
    .bind(new.case_number)
    .bind(new.facility)
    .bind(new.person)
    .bind(bill.total())
    .bind(bill.charged())
    .bind(bill.waived())
    .bind(bill.subsidised())
    .bind(to_chrono(now))
    .bind(i32::try_from(new.round).unwrap_or(i32::MAX))
    .execute(&mut *conn)
    .await;
    match inserted {
        Err(error) if violates(&error, "one_bill_a_round") => {
            return Err(refuse("ALREADY_SETTLED", "已经结算过，账单在费用一栏。"));
        }
        inserted => inserted?,
    };
    for (nth, line) in (1_i32..).zip(&bill.lines) {
        insert_line(conn, &number, nth, line).await?;
    }
    Ok(number)
}

async fn insert_line(
    conn: &mut PgConnection,
    bill: &str,
    nth: i32,
    line: &Line,
) -> Result<(), ApplyError> {
    let inserted = sqlx::query(
        "insert into burial.bill_line
             (bill, line, code, division, valid_from, quantity, fen, charged_fen, waived_fen,
              subsidised_fen, unit_fen)
         values ($1, $2, $3, $4, $5, $6::bigint / 100.0, $7, $8, $9, $10, $11)",
    )
    .bind(bill)
    .bind(nth)
    .bind(&line.code)
    .bind(&line.division)
    .bind(to_chrono_date(line.valid_from))
    .bind(line.quantity.0)
    .bind(line.fen)
    .bind(line.charged)
    .bind(line.waived)
    .bind(line.subsidised)
    .bind(line.unit_fen)
    .execute(conn)
    .await;
    match inserted {
        Err(error)
            if violates(&error, "bill_line_code_division_valid_from_fkey")
                || violates(&error, "bill_line_price") =>
        {
            let message = format!("“{}”不在公布的价目清单里，不能收费。", line.title);
            Err(refuse("NOT_ON_LIST", message))
        }
        inserted => inserted.map(|_| ()).map_err(Into::into),
    }
}

type Row = (String, String, String, String, [i64; 5], DateTime<Utc>);

fn recorded((number, case_number, facility, state, fen, at): Row) -> Recorded {
    let [
        lines_fen,
        charged_fen,
        waived_fen,
        subsidised_fen,
        refunded_fen,
    ] = fen;
    Recorded {
        number,
        case_number,
        facility,
        state,
        lines_fen,
        charged_fen,
        waived_fen,
        subsidised_fen,
        refunded_fen,
        issued_at: from_chrono(at),
    }
}

macro_rules! bill_sql {
    ($rest:literal) => {
        concat!(
            "select number, case_number, facility, state,
                    array[lines_fen, charged_fen, waived_fen, subsidised_fen,
                          (select coalesce(sum(fen), 0)::bigint from burial.refund
                            where refund.bill = bill.number)],
                    issued_at
               from burial.bill ",
            $rest
        )
    };
}

/// The bills of a case, in their order.
///
/// # Errors
/// The database does not answer.
pub async fn bills_of_case(
    conn: &mut PgConnection,
    case_number: &str,
) -> sqlx::Result<Vec<Recorded>> {
    let rows: Vec<Row> = sqlx::query_as(bill_sql!("where case_number = $1 order by round"))
        .bind(case_number)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(recorded).collect())
}

/// A bill by its number, locked: who gives back of it stands behind.
///
/// # Errors
/// The database does not answer.
pub async fn lock(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Recorded>> {
    sqlx::query("select from burial.bill where number = $1 for update")
        .bind(number)
        .execute(&mut *conn)
        .await?;
    let row: Option<Row> = sqlx::query_as(bill_sql!("where number = $1"))
        .bind(number)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(recorded))
}

/// Whether all bills of a case are settled; none when there is no bill.
///
/// # Errors
/// The database does not answer.
pub async fn settled(conn: &mut PgConnection, case_number: &str) -> sqlx::Result<Option<bool>> {
    let bills = bills_of_case(conn, case_number).await?;
    let settled = bills.iter().all(|bill| bill.state != "open");
    Ok((!bills.is_empty()).then_some(settled))
}

/// A line as everybody on the case reads it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShownLine {
    /// Code of the list.
    pub code: String,
    /// Name.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// What the price stands on.
    pub document: String,
    /// Quantity in hundredths.
    pub hundredths: i64,
    /// What a unit cost; 0 on bills of before.
    pub unit_fen: i64,
    /// What it costs.
    pub fen: i64,
    /// The family pays.
    pub charged_fen: i64,
    /// 惠民 pays.
    pub waived_fen: i64,
    /// A subsidy pays.
    pub subsidised_fen: i64,
}

/// The lines of a bill.
///
/// # Errors
/// The database does not answer.
pub async fn lines(conn: &mut PgConnection, number: &str) -> sqlx::Result<Vec<ShownLine>> {
    sqlx::query_as(
        "select line.code, title, unit, document, (quantity * 100)::bigint as hundredths,
                coalesce(unit_fen, 0) as unit_fen, line.fen, charged_fen, waived_fen,
                subsidised_fen
           from burial.bill_line line
           join burial.price using (code, division, valid_from)
          where bill = $1 order by line",
    )
    .bind(number)
    .fetch_all(conn)
    .await
}
