//! The price list in its table; versions are added, never changed.

use jiff::civil::Date;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use yiwang_chassis::db::{from_chrono_date, to_chrono_date};
use yiwang_civic::division;

use crate::domain::price::{Class, Price, Pricing};

/// A division and everything it lies in: `000000`, `420000`, `421200`, `421224`, `421224100`.
#[must_use]
pub fn around(code: &str) -> Vec<String> {
    let padded = |digits: usize| code.get(..digits).map(|head| format!("{head:0<6}"));
    let mut all: Vec<String> = ["000000".to_owned()]
        .into_iter()
        .chain([2, 4, 6].into_iter().filter_map(padded))
        .collect();
    all.extend(code.get(..9).map(str::to_owned));
    all.dedup();
    all
}

fn price(row: &PgRow) -> sqlx::Result<Price> {
    let corrupt = |what: &str| sqlx::Error::Decode(format!("burial.price.{what}").into());
    let class: String = row.try_get("class")?;
    let pricing: String = row.try_get("pricing")?;
    let end: Option<chrono::NaiveDate> = row.try_get("valid_to")?;
    Ok(Price {
        code: row.try_get("code")?,
        division: row.try_get("division")?,
        facility: row.try_get("facility")?,
        title: row.try_get("title")?,
        class: Class::from_code(&class).ok_or_else(|| corrupt("class"))?,
        unit: row.try_get("unit")?,
        fen: row.try_get("fen")?,
        fen_to: row.try_get("fen_to")?,
        document: row.try_get("document")?,
        valid_from: from_chrono_date(row.try_get("valid_from")?),
        valid_to: end.map(from_chrono_date),
        pricing: Pricing::from_code(&pricing).ok_or_else(|| corrupt("pricing"))?,
    })
}

fn prices(rows: &[PgRow]) -> sqlx::Result<Vec<Price>> {
    rows.iter().map(price).collect()
}

/// All versions that ever held for a facility in a division: a bill tells an ended price from
/// one that never was.
///
/// # Errors
/// The database does not answer.
pub async fn versions(
    conn: &mut PgConnection,
    division: &str,
    facility: &str,
) -> sqlx::Result<Vec<Price>> {
    let rows = sqlx::query(
        "select * from burial.price
          where division = any($1) and (facility is null or facility = $2)
          order by code, valid_from",
    )
    .bind(around(division))
    .bind(facility)
    .fetch_all(conn)
    .await?;
    prices(&rows)
}

/// What holds for a facility that day.
///
/// # Errors
/// The database does not answer.
pub async fn of_facility(
    conn: &mut PgConnection,
    division: &str,
    facility: &str,
    day: Date,
) -> sqlx::Result<Vec<Price>> {
    let all = versions(conn, division, facility).await?;
    Ok(all.into_iter().filter(|price| price.holds(day)).collect())
}

/// The public list of a region that day, with what single facilities have of their own.
///
/// # Errors
/// The database does not answer.
pub async fn of_region(conn: &mut PgConnection, code: &str, day: Date) -> sqlx::Result<Vec<Price>> {
    let rows = sqlx::query(
        "select * from burial.price
          where (division = any($1) or starts_with(division, $2))
            and valid_from <= $3 and (valid_to is null or valid_to > $3)
          order by array_position(array['basic', 'other', 'place'], class), code, division",
    )
    .bind(around(code))
    .bind(division::scope_prefix(code))
    .bind(to_chrono_date(day))
    .fetch_all(conn)
    .await?;
    prices(&rows)
}

/// The latest version of an item there, locked: who adds the next one stands behind.
///
/// # Errors
/// The database does not answer.
pub async fn lock_last(
    conn: &mut PgConnection,
    code: &str,
    division: &str,
) -> sqlx::Result<Option<Price>> {
    let row = sqlx::query(
        "select * from burial.price where code = $1 and division = $2
          order by valid_from desc limit 1 for update",
    )
    .bind(code)
    .bind(division)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(price).transpose()
}

/// Adds a version; the one before ends where it begins.
///
/// # Errors
/// The database does not answer, or `one_price_at_a_time`.
pub async fn add(conn: &mut PgConnection, new: &Price) -> sqlx::Result<()> {
    let from = to_chrono_date(new.valid_from);
    sqlx::query(
        "update burial.price set valid_to = $3
          where code = $1 and division = $2 and valid_from < $3
            and (valid_to is null or valid_to > $3)",
    )
    .bind(&new.code)
    .bind(&new.division)
    .bind(from)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "insert into burial.price
             (code, division, facility, title, class, unit, fen, fen_to, document, valid_from,
              valid_to, pricing)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(&new.code)
    .bind(&new.division)
    .bind(&new.facility)
    .bind(&new.title)
    .bind(new.class.code())
    .bind(&new.unit)
    .bind(new.fen)
    .bind(new.fen_to)
    .bind(&new.document)
    .bind(from)
    .bind(new.valid_to.map(to_chrono_date))
    .bind(new.pricing.code())
    .execute(conn)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn a_township_lies_in_four() {
        let all = ["000000", "420000", "421200", "421224", "421224100"];
        assert_eq!(around("421224100"), all);
        assert_eq!(around("421224"), all[..4]);
        assert_eq!(around("110000"), ["000000", "110000"]);
        assert_eq!(around(""), ["000000"]);
    }
}
