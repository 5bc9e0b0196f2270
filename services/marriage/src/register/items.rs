//! The items over the register that change or end marriages: each calls the same two functions.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, Item, KeyedPerson, Question, Registered, Runtime};

use super::{Ask, Needs, Subject, apply, world};
use crate::domain::{
    CertificateReissue, CourtNote, DivorceRegistration, MarriageRegistration,
    RegistrationRevocation,
    certificate_reissue::Which,
    number::Prefix,
    world::{Effect, World},
};

/// An item, what its acts need, and where its parties live.
macro_rules! registered {
    ($item:ty, $needs:expr, $residences:expr) => {
        #[tonic::async_trait]
        impl Registered for $item {
            async fn world(
                rt: &Runtime,
                conn: &mut PgConnection,
                question: Question<'_, Self>,
            ) -> sqlx::Result<World> {
                let needs: fn(&str, &<$item as Item>::Form) -> Needs = $needs;
                let act = question.action.map_or("submit", Self::code_of);
                let ask = Ask {
                    hall: &question.form.hall,
                    people: question.people,
                    actor: question.actor,
                    now: question.now,
                    needs: needs(act, question.form),
                };
                world(rt, conn, ask).await
            }

            async fn apply(
                rt: &Runtime,
                conn: &mut PgConnection,
                case: &Case<Self>,
                people: &[KeyedPerson],
                effects: Vec<Effect>,
                now: Timestamp,
            ) -> Result<(), ApplyError> {
                let residences: fn(&<$item as Item>::Form) -> [&str; 2] = $residences;
                let subject = Subject {
                    case_number: &case.number,
                    hall: &case.form.hall,
                    division: &case.division,
                    people,
                    residences: residences(&case.form),
                };
                apply(rt, conn, subject, effects, now).await
            }
        }
    };
}

registered!(
    MarriageRegistration,
    |act, _| match act {
        "register" => Needs::Number(Prefix::J),
        _ => Needs::Nothing,
    },
    |form| [&form.a.household, &form.b.household]
);

registered!(
    DivorceRegistration,
    |act, _| match act {
        "register" => Needs::Number(Prefix::L),
        _ => Needs::Nothing,
    },
    |form| [&form.a.household, &form.b.household]
);

registered!(
    CertificateReissue,
    |act, form| match (act, form.which) {
        ("reissue", Which::Marriage) => Needs::Number(Prefix::Bj),
        ("reissue", Which::Divorce) => Needs::Number(Prefix::Bl),
        _ => Needs::Nothing,
    },
    |_| [""; 2]
);

registered!(
    CourtNote,
    |act, _| match act {
        "note" => Needs::Paper,
        _ => Needs::Nothing,
    },
    |_| [""; 2]
);

registered!(
    RegistrationRevocation,
    |act, _| match act {
        "approve" => Needs::Paper,
        _ => Needs::Nothing,
    },
    |_| [""; 2]
);
