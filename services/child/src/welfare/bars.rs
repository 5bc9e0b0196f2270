//! Who may not care for children (未成年人保护法22; rules B5.11): one list for entrusted care, foster
//! care and whoever else asks.

use jiff::civil::Date;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, system};
use yiwang_chassis::{db::to_chrono_date, fault::Fault};

use crate::domain::welfare::entrusted_care::law::BarCode;

/// Why this person is barred; empty: is not.
///
/// # Errors
/// The database does not answer.
pub async fn barred(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<Vec<BarCode>> {
    let codes: Vec<String> = sqlx::query_scalar(
        "select code from child.barred_carer where person_key = $1 order by code",
    )
    .bind(person_key)
    .fetch_all(conn)
    .await?;
    Ok(codes
        .iter()
        .filter_map(|code| BarCode::from_code(code))
        .collect())
}

/// Bars a person from now on; where they care for a child, the village is alarmed first.
///
/// # Errors
/// The database does not answer.
pub async fn bar(
    rt: &Runtime,
    conn: &mut PgConnection,
    person_key: &str,
    codes: &[BarCode],
    since: Date,
    case_number: &str,
) -> Result<(), Fault> {
    let trusting: Vec<String> = sqlx::query_scalar(
        "select case_number from child.entrusted
          where carer_key = $1 and open and case_number <> $2 order by case_number",
    )
    .bind(person_key)
    .bind(case_number)
    .fetch_all(&mut *conn)
    .await?;
    let data = json!({ "reasons": "依法不能照护儿童" });
    for number in trusting {
        let cause = "核查被委托人";
        system::act(rt, conn, &number, "carer_barred", data.clone(), cause).await?;
    }
    known(conn, person_key).await?;
    sqlx::query("update child.carer set barred = true where person_key = $1")
        .bind(person_key)
        .execute(&mut *conn)
        .await?;
    let codes: Vec<&str> = codes.iter().map(|code| code.code()).collect();
    sqlx::query(
        "insert into child.barred_carer (person_key, code, since, case_number)
         select $1, code, $3, $4 from unnest($2::text[]) code
         on conflict (person_key, code) do nothing",
    )
    .bind(person_key)
    .bind(&codes)
    .bind(to_chrono_date(since))
    .bind(case_number)
    .execute(conn)
    .await?;
    Ok(())
}

/// Somebody who cares, or is to care, for a child has a row.
pub(super) async fn known(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<()> {
    sqlx::query("insert into child.carer (person_key) values ($1) on conflict do nothing")
        .bind(person_key)
        .execute(conn)
        .await?;
    Ok(())
}
