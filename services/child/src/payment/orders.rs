//! What two officers ordered, and whose account it goes to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::{db::to_chrono, ids};
use yiwang_civic::time::{beijing_date, month_of};

use super::make::day_of;

/// An account as it is sealed; items may seal more with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Destination {
    /// Account holder.
    pub(crate) holder: String,
    /// Bank.
    #[serde(default)]
    pub(crate) bank: String,
    /// Number.
    pub(crate) account: String,
}

/// Who receives what a case pays.
pub(crate) struct Payee<'a> {
    pub(crate) case_number: &'a str,
    pub(crate) kind: &'a str,
    /// Person key; empty: an institution.
    pub(crate) person: &'a str,
}

impl Payee<'_> {
    /// The account, sealed; what the bank sent back goes out again to the new one.
    pub(crate) async fn keep(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        account: &impl Serialize,
    ) -> Result<(), ApplyError> {
        let body = rt
            .seal("payee", self.case_number, account)
            .map_err(|fault| ApplyError::Database(sqlx::Error::Encode(fault.into())))?;
        sqlx::query(
            "insert into child.payee as kept (case_number, version, kind, person, body)
             values ($1, 1, $2, $3, $4)
             on conflict (case_number) do update set version = kept.version + 1,
                 kind = excluded.kind, person = excluded.person, body = excluded.body",
        )
        .bind(self.case_number)
        .bind(self.kind)
        .bind(self.person)
        .bind(body)
        .execute(&mut *conn)
        .await?;
        sqlx::query(
            "update child.payment set state = 'held', reason = '', batch = null, noted_at = null
              where case_number = $1 and state = 'returned'",
        )
        .bind(self.case_number)
        .execute(conn)
        .await?;
        Ok(())
    }
}

/// A single payment.
pub(crate) struct Order<'a> {
    pub(crate) case_number: &'a str,
    /// `MT`, `ZX`.
    pub(crate) kind: &'a str,
    /// `bill`, `instalment`.
    pub(crate) part: &'a str,
    pub(crate) period: &'a str,
    /// Person key of the child.
    pub(crate) person: &'a str,
    pub(crate) division: &'a str,
    pub(crate) fen: i64,
}

impl Order<'_> {
    /// One payment; ordered again after the bank sent it back, it is still the same.
    pub(crate) async fn give(&self, conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<()> {
        sqlx::query(
            "insert into child.payment
                 (id, case_number, kind, person, division, month, run_month, part, period, fen,
                  state, reason, made_at)
             values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, 'held', '等待发放', $10)
             on conflict do nothing",
        )
        .bind(ids::new(now))
        .bind(self.case_number)
        .bind(self.kind)
        .bind(self.person)
        .bind(self.division)
        .bind(day_of(month_of(beijing_date(now))))
        .bind(self.part)
        .bind(self.period)
        .bind(self.fen)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
        Ok(())
    }
}
