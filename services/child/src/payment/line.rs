//! A payment as it is made: one row, one line of the bank.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_chassis::db::to_chrono;
use yiwang_civic::time::Month;

use super::make::day_of;

/// A payment that is to be made.
pub(crate) struct Line<'a> {
    pub(crate) case_number: &'a str,
    /// `GE`, `WF`, `JY`, `MT`, `ZX`.
    pub(crate) kind: &'a str,
    /// Person key of the child.
    pub(crate) person: &'a str,
    pub(crate) division: &'a str,
    pub(crate) month: Month,
    /// The month whose run makes it.
    pub(crate) run: Month,
    /// `monthly`, `back_pay`, `supplement`, `fee`, `bill`, `instalment`.
    pub(crate) part: &'a str,
    /// The instalment, otherwise empty.
    pub(crate) period: &'a str,
    pub(crate) fen: i64,
}

impl Line<'_> {
    /// Makes it; false when it is there already.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn make(&self, conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<bool> {
        let made = sqlx::query(
            "insert into child.payment
                 (id, case_number, kind, person, division, month, run_month, part, period, fen,
                  state, reason, made_at)
             -- After a restore the same payment of the same case has the same number again, so that
             -- what was paid already is not paid twice (deploy/sandbox.md).
             select md5(concat_ws(' ', f.id, $11::text,
                        (select count(*) from child.payment p
                          where p.case_number = f.number and p.part = $7 and p.period = $8
                            and ($12 or (p.month, p.run_month) = ($5, $6)))))::uuid,
                    f.number, $2, $3, $4, $5, $6, $7, $8, $9, 'held', '等待发放', $10
               from casework.case_file f where f.number = $1
             on conflict do nothing",
        )
        .bind(self.case_number)
        .bind(self.kind)
        .bind(self.person)
        .bind(self.division)
        .bind(day_of(self.month))
        .bind(day_of(self.run))
        .bind(self.part)
        .bind(self.period)
        .bind(self.fen)
        .bind(to_chrono(now))
        .bind(self.name())
        .bind(self.is_ordered())
        .execute(conn)
        .await?;
        Ok(made.rows_affected() == 1)
    }

    /// Ordered by officers, whenever that is; the others belong to a month.
    fn is_ordered(&self) -> bool {
        matches!(self.part, "bill" | "instalment")
    }

    /// What makes it another payment of its case.
    fn name(&self) -> String {
        match self.is_ordered() {
            true => format!("{} {}", self.part, self.period),
            false => format!("{} {} {}", self.month, self.run, self.part),
        }
    }
}
