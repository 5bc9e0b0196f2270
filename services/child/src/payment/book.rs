//! An allowance with everything its months depend on.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use yiwang_civic::{money::Fen, time::Month};

use super::make::{MONTHS_BACK, day_of, month_of};
use crate::domain::entitlements::{
    law::{Benefit, Kind, Upbringing, ledger},
    procedure::shared::Drawn,
};

#[derive(sqlx::FromRow)]
pub(super) struct Allowance {
    pub(super) case_number: String,
    pub(super) kind: String,
    pub(super) person: String,
    pub(super) division: String,
    pub(super) from_month: chrono::NaiveDate,
    pub(super) until_month: Option<chrono::NaiveDate>,
}

/// An allowance with everything its months depend on.
pub(super) struct Book {
    pub(super) allowance: Allowance,
    pub(super) kind: Kind,
    pub(super) from: Month,
    pub(super) until: Option<Month>,
    pub(super) terms: Vec<(Month, Upbringing)>,
    pub(super) draws: Vec<Drawn>,
    pub(super) months: BTreeMap<Month, ledger::Month>,
    pub(super) supplemented: bool,
    pub(super) monthly: Vec<Month>,
}

/// Every allowance of the county that may have something to correct.
pub(super) async fn read(
    conn: &mut PgConnection,
    county: &str,
    run: Month,
) -> sqlx::Result<Vec<Book>> {
    let allowances: Vec<Allowance> = sqlx::query_as(
        "select case_number, kind, person, division, from_month, until_month from child.allowance
          where county = $1 and from_month <= $2 and (until_month is null or until_month >= $3)
          order by case_number for update",
    )
    .bind(county)
    .bind(day_of(run))
    .bind(day_of(run.plus(-MONTHS_BACK)))
    .fetch_all(&mut *conn)
    .await?;
    let mut books = Vec::new();
    for allowance in allowances {
        books.extend(book(conn, allowance, run).await?);
    }
    Ok(books)
}

async fn book(
    conn: &mut PgConnection,
    allowance: Allowance,
    run: Month,
) -> sqlx::Result<Option<Book>> {
    let Some(kind) = Kind::from_code(&allowance.kind) else {
        return Ok(None);
    };
    let terms: Vec<(chrono::NaiveDate, String)> = sqlx::query_as(
        "select from_month, upbringing from child.allowance_terms
          where case_number = $1 order by from_month",
    )
    .bind(&allowance.case_number)
    .fetch_all(&mut *conn)
    .await?;
    let draws: Vec<(String, chrono::NaiveDate, i64)> = sqlx::query_as(
        "select benefit, from_month, fen from child.drawn_benefit
          where case_number = $1 order by from_month",
    )
    .bind(&allowance.case_number)
    .fetch_all(&mut *conn)
    .await?;
    let draws = draws.into_iter().filter_map(|(benefit, from, fen)| {
        Some(Drawn {
            benefit: Benefit::from_code(&benefit)?,
            from_month: month_of(from),
            monthly_fen: Fen(fen),
        })
    });
    let terms = terms.into_iter().filter_map(|(from, upbringing)| {
        Some((month_of(from), Upbringing::from_code(&upbringing)?))
    });
    let mut book = Book {
        kind,
        from: month_of(allowance.from_month),
        until: allowance.until_month.map(month_of),
        terms: terms.collect(),
        draws: draws.collect(),
        months: BTreeMap::new(),
        supplemented: false,
        monthly: Vec::new(),
        allowance,
    };
    sums(conn, &mut book, run).await?;
    Ok(Some(book))
}

/// What was paid and what is owed, by month.
async fn sums(conn: &mut PgConnection, book: &mut Book, run: Month) -> sqlx::Result<()> {
    let paid: Vec<(chrono::NaiveDate, String, String, i64)> = sqlx::query_as(
        "select month, part, state, sum(fen)::bigint from child.payment
          where case_number = $1 and state <> 'cancelled' group by month, part, state",
    )
    .bind(&book.allowance.case_number)
    .fetch_all(&mut *conn)
    .await?;
    for (month, part, state, fen) in paid {
        let month = month_of(month);
        if part == "supplement" {
            book.supplemented |= month == run;
            continue;
        }
        if part == "monthly" {
            book.monthly.push(month);
        }
        let sums = book.months.entry(month).or_default();
        let sum = match state.as_str() {
            "paid" => &mut sums.paid,
            "sent" => &mut sums.sent,
            _ => &mut sums.unsent,
        };
        sum.0 += fen;
    }
    let owed: Vec<(chrono::NaiveDate, i64, i64)> = sqlx::query_as(
        "select month, fen - recovered_fen, recovered_fen from child.overpayment
          where case_number = $1",
    )
    .bind(&book.allowance.case_number)
    .fetch_all(conn)
    .await?;
    for (month, owed, recovered) in owed {
        let sums = book.months.entry(month_of(month)).or_default();
        (sums.owed, sums.recovered) = (Fen(owed), Fen(recovered));
    }
    Ok(())
}
