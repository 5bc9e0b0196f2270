//! Foster institutions of the demonstration: one in order, one whose check is overdue. Made up.

use serde_json::json;
use sqlx::PgPool;

/// Adds what is not there yet.
///
/// # Errors
/// When the database is away.
pub(crate) async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    let licence = |kind: &str, number: &str| json!({ "kind": kind, "number": number, "valid_to": "2028-12-31" });
    let rows = [
        (
            "421202001-TY01",
            "温泉康养院",
            "elder",
            vec![
                licence("elder", "咸养备2021-07"),
                licence("fire", "咸消2025-118"),
                licence("food", "JY34212020001"),
            ],
            "2026-01-10",
        ),
        (
            "421202001-TY02",
            "向阳精神康复医院",
            "mental",
            vec![
                licence("medical", "PDY42120217"),
                licence("mental", "PDY42120217-精"),
                licence("fire", "咸消2025-121"),
                licence("food", "JY34212020019"),
            ],
            "2025-03-03",
        ),
    ];
    for (code, name, kind, licences, checked_on) in rows {
        sqlx::query(
            "insert into rescue.institution
                 (code, name, division, county, kind, licences, agreement, agreement_to,
                  checked_on, checked_by, check_result)
             values ($1, $2, left($1, 9), left($1, 6), $3, $4, '咸民托〔2026〕' || right($1, 2),
                     '2027-12-31', $5::date, '许丽华', 'passed')
             on conflict do nothing",
        )
        .bind(code)
        .bind(name)
        .bind(kind)
        .bind(json!(licences))
        .bind(checked_on)
        .execute(pool)
        .await?;
    }
    Ok(())
}
