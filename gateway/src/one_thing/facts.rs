//! What other services tell of persons, kept for whoever waits for it or will.

use prost::Message as _;
use sqlx::PgConnection;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    inbox::{Handler, HandlerError, Incoming},
};
use yiwang_proto::{
    assistance::v1::StatusChanged,
    burial::v1::{CremationCertificateIssued, DeathRecorded},
    marriage::v1::MaritalStatusChanged,
};

use super::{definition::Told, store};

/// Keeps deaths, cremations, allowances and marital status by person key.
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
        "yiwang.assistance.status.started.v1" => |payload| benefit(payload, "benefit.started"),
        "yiwang.assistance.status.ended.v1" => |payload| benefit(payload, "benefit.ended"),
        "yiwang.marriage.person.changed.v1" => marital,
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
    let on = changed.effective_on;
    let own = (changed.person, told(kind, String::new(), on.clone()));
    let widowed = changed.status == "30";
    let of_spouse = widowed.then(|| (changed.spouse, told("widowed", String::new(), on)));
    Ok([own].into_iter().chain(of_spouse).collect())
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
    fn only_what_some_step_may_wait_for_is_kept() {
        assert!(Facts.wants("yiwang.burial.death.revoked.v1"));
        assert!(Facts.wants("yiwang.assistance.status.ended.v1"));
        assert!(!Facts.wants("yiwang.assistance.status.changed.v1"));
        assert!(!Facts.wants("yiwang.burial.death.recorded.v2"));
    }
}
