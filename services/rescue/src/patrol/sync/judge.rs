//! The law of the street, over what a visit would be.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::time::beijing_date;

use super::{
    super::{
        encounter::Encounter,
        row::{Asked, Problem, no},
    },
    Desk,
};
use crate::domain::street::{fields::Fields, law, words::Outcome};

impl Desk<'_> {
    /// The law of the street, over what the visit would be.
    pub(super) async fn judge(
        &self,
        conn: &mut PgConnection,
        before: &Encounter,
        after: &mut Encounter,
        asked: &Asked,
    ) -> Result<(), Problem> {
        let wrong = |found: FieldViolation| Problem::Refused(Refusal::fields(vec![found]));
        let was = Fields::read(&before.written.fields).map_err(wrong)?;
        let is = Fields::read(&after.written.fields).map_err(wrong)?;
        if before.version > 0 {
            law::may_become(&before.state, &was, &is)?;
        }
        let found = law::violations(&is, self.ages);
        if !found.is_empty() {
            return Err(Refusal::fields(found).into());
        }
        self.patrol(conn, after).await?;
        let outcome = is.outcome.map_or("told", Outcome::code);
        if after.outcome == "told" {
            // Whoever went there has written it; before it was only told.
            after.at = asked.at;
            after.patrol = after.patrol.or(asked.patrol);
            after.by.clone_from(&self.caller.name);
            after.account = Some(self.caller.account);
        }
        if after.outcome != outcome {
            outcome.clone_into(&mut after.outcome);
            law::state(is.outcome).clone_into(&mut after.state);
            let day = beijing_date(after.at);
            after.follow_up_on = law::follow_up(is.outcome, day, self.again);
        }
        if let Some(previous) = is.previous.filter(|_| is.previous != was.previous) {
            self.came_back(conn, previous, after.id).await?;
        }
        Ok(())
    }

    async fn patrol(&self, conn: &mut PgConnection, after: &Encounter) -> Result<(), Problem> {
        let Some(patrol) = after.patrol else {
            return Ok(());
        };
        let theirs: bool = sqlx::query_scalar(
            "select exists (select 1 from rescue.patrol where id = $1 and station = $2)",
        )
        .bind(patrol)
        .bind(&self.station.code)
        .fetch_one(conn)
        .await?;
        if theirs {
            return Ok(());
        }
        Err(no(
            "PATROL_UNKNOWN",
            "没有找到这次巡查，请重新选择，或者不选。",
        ))
    }

    /// A visit comes back to an earlier one, which then needs no other.
    async fn came_back(
        &self,
        conn: &mut PgConnection,
        previous: Uuid,
        now: Uuid,
    ) -> Result<(), Problem> {
        let found = sqlx::query(
            "update rescue.encounter set follow_up_on = null
              where id = $1 and station = $2 and id <> $3",
        )
        .bind(previous)
        .bind(&self.station.code)
        .bind(now)
        .execute(conn)
        .await?;
        if found.rows_affected() == 1 {
            return Ok(());
        }
        let message = "没有找到上一次走访，请重新选择，或者不选。";
        let field = FieldViolation::new("/previous", "ENCOUNTER_UNKNOWN", message);
        Err(Refusal::fields(vec![field]).into())
    }
}
