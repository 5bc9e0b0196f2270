//! What other services tell of persons, kept for whoever waits for it or will.

use prost::Message as _;
use sqlx::PgConnection;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    inbox::{Handler, HandlerError, Incoming},
};
use yiwang_proto::{
    assistance::v1::{HouseholdClassified, StatusChanged},
    burial::v1::{AshesPlaced, BillDrawn, CremationCertificateIssued, DeathRecorded},
    event::v1::CaseChanged,
    marriage::v1::MaritalStatusChanged,
    rescue::v1::{ReturnNeeds, SettlementChanged, StayChanged},
};

use super::{definition::Told, store};

/// Keeps deaths, cremations, allowances, classes, marital status, homecomings and temporary
/// households by person key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts;

/// A person and what is told of them.
type Of = (String, Told);

#[tonic::async_trait]
impl Handler for Facts {
    fn name(&self) -> &'static str {
        "gateway-one-things"
    }

    fn wants(&self, event_type: &str) -> bool {
        reads(event_type).is_some()
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let Some(read) = reads(&event.event_type) else {
            return Ok(());
        };
        let wall = SystemClock.now();
        for (person, told) in read(&event.payload)? {
            // Somebody without a number has no key, and no one-thing.
            if person.is_empty() {
                continue;
            }
            let at = (event.id, event.occurred_at);
            store::note_fact(conn, &person, &told, at, wall).await?;
        }
        Ok(())
    }
}

type Read = fn(&[u8]) -> Result<Vec<Of>, prost::DecodeError>;

/// How events of a type are read.
fn reads(event_type: &str) -> Option<Read> {
    Some(match event_type {
        "yiwang.burial.death.recorded.v1"
        | "yiwang.burial.death.declared.v1"
        | "yiwang.burial.death.corrected.v1" => |payload| death(payload, "death.recorded"),
        "yiwang.burial.death.revoked.v1" => |payload| death(payload, "death.revoked"),
        "yiwang.burial.cremation.certificate.issued.v1" => cremated,
        "yiwang.burial.bill.drawn.v1" => billed,
        "yiwang.burial.ashes.placed.v1" => laid,
        "yiwang.assistance.status.started.v1" => |payload| benefit(payload, "benefit.started"),
        "yiwang.assistance.status.ended.v1" => |payload| benefit(payload, "benefit.ended"),
        "yiwang.assistance.household.classified.v1" => classified,
        "yiwang.assistance.case.submit.v1" => applied,
        "yiwang.marriage.person.changed.v1" => marital,
        "yiwang.rescue.stay.identified.v1" => |payload| stay(payload, "identified"),
        "yiwang.rescue.stay.unidentified.v1" => |payload| stay(payload, "unidentified"),
        "yiwang.rescue.stay.left.v1" => |payload| stay(payload, "left"),
        "yiwang.rescue.return.needs.v1" => needs,
        "yiwang.rescue.settlement.settled.v1" => |payload| household(payload, "housed"),
        "yiwang.rescue.settlement.cancelled.v1" => |payload| household(payload, "unhoused"),
        case if case.starts_with("yiwang.rescue.case.") => settled,
        _ => return None,
    })
}

fn told(kind: &str, about: String, on: String) -> Told {
    Told {
        kind: kind.to_owned(),
        about,
        on,
    }
}

fn death(payload: &[u8], kind: &str) -> Result<Vec<Of>, prost::DecodeError> {
    let death = DeathRecorded::decode(payload)?;
    Ok(vec![(
        death.person,
        told(kind, death.certificate, death.died_on),
    )])
}

fn cremated(payload: &[u8]) -> Result<Vec<Of>, prost::DecodeError> {
    let paper = CremationCertificateIssued::decode(payload)?;
    let told = told("cremated", paper.number, paper.cremated_on);
    Ok(vec![(paper.person, told)])
}

/// What the family pays and what is waived, fen.
fn billed(payload: &[u8]) -> Result<Vec<Of>, prost::DecodeError> {
    let bill = BillDrawn::decode(payload)?;
    let sums = format!("{} {}", bill.charged_fen, bill.waived_fen);
    Ok(vec![(bill.person, told("billed", sums, bill.on))])
}

/// How and in which township.
fn laid(payload: &[u8]) -> Result<Vec<Of>, prost::DecodeError> {
    let ashes = AshesPlaced::decode(payload)?;
    let kind = match ashes.ecological {
        true => "laid.ecological",
        false => "laid",
    };
    let about = format!("{} {}", ashes.form, ashes.division);
    Ok(vec![(ashes.person, told(kind, about, ashes.placed_on))])
}

fn benefit(payload: &[u8], kind: &str) -> Result<Vec<Of>, prost::DecodeError> {
    let status = StatusChanged::decode(payload)?;
    let told = told(kind, status.benefit, status.from_month);
    Ok(vec![(status.person, told)])
}

/// GB/T 2261.2: 2x married, 30 widowed; who is widowed is told of the dead as well.
fn marital(payload: &[u8]) -> Result<Vec<Of>, prost::DecodeError> {
    let changed = MaritalStatusChanged::decode(payload)?;
    let kind = match changed.status.starts_with('2') {
        true => "married",
        false => "single",
    };
    let (record, on) = (changed.record, changed.effective_on);
    let void = ["voided", "annulled", "revoked"].contains(&changed.cause.as_str());
    let void = void.then(|| {
        let told = told("marriage.void", record.clone(), on.clone());
        (changed.person.clone(), told)
    });
    let own = (changed.person, told(kind, record, on.clone()));
    let widowed = changed.status == "30";
    let of_spouse = widowed.then(|| (changed.spouse, told("widowed", String::new(), on)));
    Ok([own].into_iter().chain(void).chain(of_spouse).collect())
}

/// What class the family is of, told of everybody in it.
fn classified(payload: &[u8]) -> Result<Vec<Of>, prost::DecodeError> {
    let family = HouseholdClassified::decode(payload)?;
    let of = |person| {
        (
            person,
            told("aid.class", family.class.clone(), family.on.clone()),
        )
    };
    Ok(family.members.into_iter().map(of).collect())
}

fn applied(payload: &[u8]) -> Result<Vec<Of>, prost::DecodeError> {
    let case = CaseChanged::decode(payload)?;
    let told = told("aid.applied", case.number, String::new());
    Ok(match case.item.as_str() {
        "minimum-living" => vec![(case.applicant, told)],
        _ => vec![],
    })
}

/// Who went elsewhere than home has not returned.
fn stay(payload: &[u8], what: &str) -> Result<Vec<Of>, prost::DecodeError> {
    let stay = StayChanged::decode(payload)?;
    let home = ["fetched", "escorted", "unit"].contains(&stay.leave_type.as_str());
    let kind = match what {
        "left" if home => "returned",
        "left" => return Ok(vec![]),
        other => other,
    };
    Ok(vec![(stay.person, told(kind, stay.case_number, stay.on))])
}

fn needs(payload: &[u8]) -> Result<Vec<Of>, prost::DecodeError> {
    let needs = ReturnNeeds::decode(payload)?;
    let told = told("needs", needs.case_number, String::new());
    Ok(vec![(needs.person, told)])
}

/// The temporary household of somebody unknown, by the key of its ID number.
fn household(payload: &[u8], kind: &str) -> Result<Vec<Of>, prost::DecodeError> {
    let changed = SettlementChanged::decode(payload)?;
    let told = told(kind, changed.case_number, String::new());
    Ok(vec![(changed.person, told)])
}

/// The visits after a return have come to their end (rules R13: 稳固).
fn settled(payload: &[u8]) -> Result<Vec<Of>, prost::DecodeError> {
    let case = CaseChanged::decode(payload)?;
    let stable = case.item == "return-support" && case.state == "stable";
    let of = || (case.applicant, told("settled", case.number, String::new()));
    Ok(stable.then(of).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_widow_s_status_is_a_fact_of_the_dead() {
        let changed = MaritalStatusChanged {
            person: "widow".into(),
            status: "30".into(),
            spouse: "dead".into(),
            effective_on: "2026-05-12".into(),
            ..Default::default()
        };
        let read = reads("yiwang.marriage.person.changed.v1").unwrap();
        let of = read(&changed.encode_to_vec()).unwrap();
        assert_eq!(of[0].1.kind, "single");
        assert_eq!(
            (of[1].0.as_str(), of[1].1.kind.as_str()),
            ("dead", "widowed")
        );
        let married = MaritalStatusChanged {
            status: "21".into(),
            ..changed
        };
        assert_eq!(read(&married.encode_to_vec()).unwrap()[0].1.kind, "married");
    }

    #[test]
    fn a_void_marriage_makes_single_and_takes_the_ground_away() {
        let changed = MaritalStatusChanged {
            person: "wife".into(),
            status: "10".into(),
            cause: "voided".into(),
            record: "r1".into(),
            ..Default::default()
        };
        let of = marital(&changed.encode_to_vec()).unwrap();
        let kinds: Vec<&str> = of.iter().map(|(_, told)| told.kind.as_str()).collect();
        assert_eq!(kinds, ["single", "marriage.void"]);
    }

    #[test]
    fn only_who_is_brought_home_has_returned() {
        let left = |how: &str| {
            let stay = StayChanged {
                person: "p".into(),
                leave_type: how.into(),
                ..Default::default()
            };
            stay_kinds(&stay)
        };
        assert_eq!(left("escorted"), ["returned"]);
        assert_eq!(left("own_word"), [""; 0]);
    }

    fn stay_kinds(changed: &StayChanged) -> Vec<String> {
        let of = stay(&changed.encode_to_vec(), "left").unwrap();
        of.into_iter().map(|(_, told)| told.kind).collect()
    }

    #[test]
    fn a_temporary_household_is_a_fact_of_the_temporary_identity() {
        let changed = SettlementChanged {
            case_number: "AZ1".into(),
            person: "temporary".into(),
            true_person: "true".into(),
            ..Default::default()
        };
        for (event, kind) in [("settled", "housed"), ("cancelled", "unhoused")] {
            let read = reads(&format!("yiwang.rescue.settlement.{event}.v1")).unwrap();
            let of = read(&changed.encode_to_vec()).unwrap();
            let expected = told(kind, "AZ1".to_owned(), String::new());
            assert_eq!(of, [("temporary".to_owned(), expected)]);
        }
    }

    #[test]
    fn only_what_some_step_may_wait_for_is_kept() {
        assert!(Facts.wants("yiwang.burial.death.revoked.v1"));
        assert!(Facts.wants("yiwang.assistance.status.ended.v1"));
        assert!(!Facts.wants("yiwang.assistance.status.changed.v1"));
        assert!(!Facts.wants("yiwang.burial.death.recorded.v2"));
    }
}
