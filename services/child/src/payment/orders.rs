//! What two officers ordered, and whose account it goes to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal, Runtime};
use yiwang_civic::time::{beijing_date, month_of};

use super::line::Line;

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
    /// The account, sealed; to a new one goes out again what the bank sent back, and what waits
    /// because the old one did not open.
    pub(crate) async fn keep(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        account: &impl Serialize,
    ) -> Result<(), ApplyError> {
        if self.same(rt, conn, account).await? {
            return Ok(());
        }
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
            "update child.payment set tries = 0, next_at = null
              where case_number = $1 and state = 'held'",
        )
        .bind(self.case_number)
        .execute(&mut *conn)
        .await?;
        Ok(again(conn, self.case_number).await?)
    }

    /// Whether this is what is kept; the row stands still until the caller's transaction ends.
    async fn same(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        account: &impl Serialize,
    ) -> Result<bool, ApplyError> {
        let kept: Option<(String, String, Vec<u8>)> = sqlx::query_as(
            "select kind, person, body from child.payee where case_number = $1 for update",
        )
        .bind(self.case_number)
        .fetch_optional(conn)
        .await?;
        let Some((kind, person, body)) = kept else {
            return Ok(false);
        };
        let told = serde_json::to_value(account)
            .map_err(|error| ApplyError::Database(sqlx::Error::Encode(error.into())))?;
        // One that does not open is another.
        let opened: Option<serde_json::Value> = rt.open("payee", self.case_number, &body).ok();
        Ok(kind == self.kind && person == self.person && opened == Some(told))
    }
}

/// What the bank sent back waits for the next batch.
pub(crate) async fn hold(conn: &mut PgConnection, payment: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "update child.payment set state = 'held', reason = '', batch = null, noted_at = null,
                tries = 0, next_at = null
          where id = $1",
    )
    .bind(payment)
    .execute(conn)
    .await?;
    Ok(())
}

/// What the bank sent back of this case goes out again.
pub(crate) async fn again(conn: &mut PgConnection, case_number: &str) -> sqlx::Result<()> {
    let returned: Vec<Uuid> = sqlx::query_scalar(
        "select id from child.payment where case_number = $1 and state = 'returned'
          order by id for update",
    )
    .bind(case_number)
    .fetch_all(&mut *conn)
    .await?;
    for payment in returned {
        hold(conn, payment).await?;
    }
    Ok(())
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
    ///
    /// # Errors
    /// `ALREADY_PAID`: another case has paid it, or will.
    pub(crate) async fn give(
        &self,
        conn: &mut PgConnection,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let month = month_of(beijing_date(now));
        let line = Line {
            case_number: self.case_number,
            kind: self.kind,
            person: self.person,
            division: self.division,
            month,
            run: month,
            part: self.part,
            period: self.period,
            fen: self.fen,
        };
        if line.make(conn, now).await? {
            return Ok(());
        }
        let own: Option<(Uuid, String)> = sqlx::query_as(
            "select id, state from child.payment
              where case_number = $1 and part = $2 and period = $3 and state <> 'cancelled'
                for update",
        )
        .bind(self.case_number)
        .bind(self.part)
        .bind(self.period)
        .fetch_optional(&mut *conn)
        .await?;
        let Some((id, state)) = own else {
            let message = "这一笔在另一个办件里已经交银行，不能再付，请核对。";
            return Err(ApplyError::Refused(Refusal::new("ALREADY_PAID", message)));
        };
        if state == "returned" {
            hold(conn, id).await?;
        }
        Ok(())
    }
}
