//! The item 殡葬收费投诉 over bills.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};

use super::{
    refund::{self, Refund},
    store,
};
use crate::{
    domain::price_complaint::{
        Action, PriceComplaint,
        world::{Bill, Effect, Facility, World},
    },
    places::facility,
};

/// The bill this act speaks of: the finding's, or the form's.
fn bill<'a>(question: &'a Question<'_, PriceComplaint>) -> &'a str {
    let found = question.case.and_then(|case| case.facts.finding.as_ref());
    match (question.action, found) {
        (Some(Action::Find(data)), _) => data.bill.trim(),
        (Some(Action::Countersign), Some(signed)) => signed.finding.bill.trim(),
        _ => question.form.bill.trim(),
    }
}

#[tonic::async_trait]
impl Registered for PriceComplaint {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let found = facility::find(conn, &question.form.facility).await?;
        let bill = match bill(&question) {
            "" => None,
            number => store::lock(conn, number).await?,
        };
        Ok(World {
            facility: found.map(|one| Facility {
                name: one.name,
                division: one.division,
            }),
            bill: bill.map(|bill| Bill {
                number: bill.number,
                facility: bill.facility,
                charged: bill.charged_fen,
                refunded: bill.refunded_fen,
            }),
        })
    }

    async fn apply(
        _: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        for effect in effects {
            let Effect::Refund {
                bill,
                fen,
                reason,
                signed: [(first, first_name), (second, second_name)],
            } = effect;
            let back = Refund {
                bill: &bill,
                fen,
                reason: &reason,
                case_number: &case.number,
                signed: [(first, &first_name), (second, &second_name)],
            };
            refund::refund(conn, back, now).await?;
        }
        Ok(())
    }
}
