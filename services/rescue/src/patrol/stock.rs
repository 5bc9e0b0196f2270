//! What is handed out in the street is counted against the stock of the station.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal, Runtime};

use crate::{
    domain::{desk::at_field, street::fields::Given},
    stays::{
        articles::{self, Move},
        stations::Station,
    },
};

/// Where the articles come from, and for which visit.
pub(super) struct Stock<'a> {
    pub(super) rt: &'a Runtime,
    pub(super) station: &'a Station,
    pub(super) by: &'a str,
    pub(super) encounter: Uuid,
}

impl Stock<'_> {
    /// Counts what was handed out; a correction counts its difference.
    ///
    /// # Errors
    /// `ARTICLE_UNKNOWN`, `OUT_OF_STOCK`.
    pub(super) async fn hand_out(
        &self,
        conn: &mut PgConnection,
        before: &[Given],
        after: &[Given],
    ) -> Result<(), ApplyError> {
        // In the order of their ids: two phones wait for each other and not crosswise.
        let mut moves: BTreeMap<Uuid, i32> = BTreeMap::new();
        for one in before {
            *moves.entry(one.article).or_default() += i32::from(one.quantity);
        }
        for one in after {
            *moves.entry(one.article).or_default() -= i32::from(one.quantity);
        }
        moves.retain(|_, quantity| *quantity != 0);
        for (article, quantity) in moves {
            let known = articles::find(conn, article).await?;
            if known.is_none_or(|known| known.station != self.station.code) {
                let message = "本站没有这种物品，请重新选择。";
                return Err(refuse("ARTICLE_UNKNOWN", message));
            }
            let mv = Move {
                article,
                quantity,
                case_number: None,
                encounter: Some(self.encounter),
                reason: "街面发放",
                by: self.by,
            };
            match articles::count(conn, mv, self.rt.now()).await {
                Err(ApplyError::Refused(Refusal { code, message, .. })) => {
                    return Err(refuse(code, &message));
                }
                counted => counted?,
            };
        }
        Ok(())
    }
}

fn refuse(code: &'static str, message: &str) -> ApplyError {
    ApplyError::Refused(at_field(code, "/articles", message))
}
