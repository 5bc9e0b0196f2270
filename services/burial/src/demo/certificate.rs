//! The death certificate of a life.

use yiwang_civic::time;

use super::lives::Life;
use crate::{
    deaths::bulk::Past,
    domain::{
        death::{CauseClass, Event, Identity, NewDeath, Source},
        document::DeadDocument,
    },
};

/// The health department's clinic in all certificates, made up, with a right check character.
const CLINIC: &str = "124212244200000010";

/// Its certificate, and when the register heard of it.
pub(super) fn of(life: &Life) -> Past {
    let document = DeadDocument::CitizenId.read("", &life.id).ok().flatten();
    let citizen = document.as_ref().and_then(|one| one.citizen());
    let death = NewDeath {
        // A number as it was printed; of today's the person's own would do as well.
        number: format!("{}9001{:07}", life.county.code, life.nth),
        identity: Identity {
            name: life.name.clone(),
            sex: citizen.map(|id| id.sex()),
            born: citizen.map(|id| id.birth_date()),
            document,
            household: life.place.to_owned(),
            ethnicity: life.ethnicity.to_owned(),
        },
        event: Event {
            died_at: life.died_at,
            minute_known: true,
            place: life.place.to_owned(),
            cause: CauseClass::Natural,
            infectious: false,
            cause_text: "心力衰竭".to_owned(),
        },
        issuer: CLINIC.to_owned(),
        issuer_name: "乡镇卫生院（演示）".to_owned(),
        signed_on: time::beijing_date(life.recorded_at),
        source: Source::Health,
        reference: format!("YS{}{:05}", life.county.code, life.nth),
        case_number: None,
    };
    Past {
        death,
        recorded_at: life.recorded_at,
        voided_at: life.voided_at,
    }
}
