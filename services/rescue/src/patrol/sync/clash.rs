//! Two phones have changed the same field: both values stay until somebody chooses.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_proto::rescue::v1 as pb;

use super::{
    super::{
        encounter::{self, Conflict, Encounter, Sealed, shown},
        row::{Asked, Problem},
    },
    Desk,
};
use crate::domain::street::merge::Clash;

impl Desk<'_> {
    /// Earlier conflicts of this phone whose fields this row carries again.
    pub(super) async fn superseded(
        &self,
        conn: &mut PgConnection,
        asked: &Asked,
    ) -> Result<(), Problem> {
        for old in encounter::conflicts(self.rt, conn, asked.id).await? {
            let again = |clash: &Clash| asked.fields.contains_key(&clash.field);
            if old.sealed.device == self.device && old.sealed.clashes.iter().all(again) {
                encounter::settled(conn, old.id, "同一手机的新修改", self.rt.now()).await?;
            }
        }
        Ok(())
    }

    pub(super) fn conflict(&self, asked: &Asked, clashes: Vec<Clash>, now: Timestamp) -> Conflict {
        Conflict {
            id: asked.edit,
            encounter: asked.id,
            sealed: Sealed {
                device: self.device,
                clashes,
            },
            by: self.caller.name.clone(),
            received_at: now,
            settled: false,
        }
    }

    /// A row that has already led to a conflict.
    pub(super) fn repeated(&self, known: &Encounter, conflict: &Conflict) -> pb::RowResult {
        if conflict.settled || conflict.encounter != known.id {
            return self.answer("same", known);
        }
        pb::RowResult {
            conflicts: shown(conflict, &known.written),
            ..self.answer("conflict", known)
        }
    }
}
