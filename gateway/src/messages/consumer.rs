//! Turns events about cases, appointments and visits into messages.

use prost::Message as _;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::to_chrono,
    inbox::{Handler, HandlerError, Incoming},
};
use yiwang_proto::{
    burial::v1::{MemorialChanged, VisitChanged},
    event::v1::CaseChanged,
    marriage::v1::AppointmentChanged,
};

use super::{appointment, memorial, nameless, visit, widowed};

/// The event of a cancelled appointment.
const CANCELLED: &str = "yiwang.marriage.appointment.cancelled.v1";

/// Whose cases are closed 保密: a message about one tells nothing of the child.
const CLOSED: &str = "child";
/// What a message calls them all.
const CLOSED_TITLE: &str = "未成年人保护和儿童福利业务";
/// Whatever happened: the case says it, to whoever stands on it.
const CLOSED_TEXT: &str = "您办的事有新进展，请打开办件查看。";

/// Writes a message for each `yiwang.*.case.*.v1`, for an appointment that a hall cancelled, for
/// a grave that was swept on behalf, for a memorial that needs a look, for a family that was found,
/// and for a widow.
#[derive(Debug, Clone, Copy)]
pub struct CaseMessages;

#[tonic::async_trait]
impl Handler for CaseMessages {
    fn name(&self) -> &'static str {
        "gateway-messages"
    }

    fn wants(&self, event_type: &str) -> bool {
        let parts: Vec<&str> = event_type.split('.').collect();
        matches!(parts[..], ["yiwang", _, "case", _, "v1"])
            || [
                CANCELLED,
                visit::ENTERED,
                nameless::IDENTIFIED,
                widowed::CHANGED,
            ]
            .contains(&event_type)
            || memorial::EVENTS.contains(&event_type)
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        if event.event_type == CANCELLED {
            return appointment_cancelled(conn, event).await;
        }
        if event.event_type == visit::ENTERED {
            return swept(conn, event).await;
        }
        if memorial::EVENTS.contains(&event.event_type.as_str()) {
            return remembered(conn, event).await;
        }
        if event.event_type == nameless::IDENTIFIED {
            return nameless::handle(conn, event).await;
        }
        if event.event_type == widowed::CHANGED {
            return widowed::handle(conn, event).await;
        }
        let changed = CaseChanged::decode(event.payload.as_slice())?;
        let changed = match event.event_type.split('.').nth(1) {
            Some(CLOSED) => neutral(changed),
            _ => changed,
        };
        if changed.message.is_empty() || changed.account.is_empty() {
            return Ok(());
        }
        let account = account(&changed.account)?;
        sqlx::query(
            "insert into gateway.message
                 (id, account, case_number, item, item_title, state_label, text, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(event.id)
        .bind(account)
        .bind(changed.number)
        .bind(changed.item)
        .bind(changed.item_title)
        .bind(changed.state_label)
        .bind(changed.message)
        .bind(to_chrono(event.occurred_at))
        .execute(conn)
        .await?;
        Ok(())
    }
}

/// The same message without what it is about.
fn neutral(changed: CaseChanged) -> CaseChanged {
    let message = match changed.message.as_str() {
        "" => String::new(),
        _ => CLOSED_TEXT.to_owned(),
    };
    CaseChanged {
        item: CLOSED.to_owned(),
        item_title: CLOSED_TITLE.to_owned(),
        state_label: "有新进展".to_owned(),
        message,
        ..changed
    }
}

fn account(text: &str) -> Result<Uuid, HandlerError> {
    text.parse()
        .map_err(|error| HandlerError::Reject(anyhow::Error::new(error)))
}

/// Who cancelled themselves need no message: then it is empty.
async fn appointment_cancelled(
    conn: &mut PgConnection,
    event: &Incoming,
) -> Result<(), HandlerError> {
    let changed = AppointmentChanged::decode(event.payload.as_slice())?;
    if changed.message.is_empty() {
        return Ok(());
    }
    let booked_by = account(&changed.account)?;
    appointment::write(conn, event, &changed, booked_by).await?;
    Ok(())
}

/// Who came themselves need no message: then it is empty.
async fn swept(conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
    let changed = VisitChanged::decode(event.payload.as_slice())?;
    if changed.message.is_empty() {
        return Ok(());
    }
    let booked_by = account(&changed.account)?;
    visit::write(conn, event, &changed, booked_by).await?;
    Ok(())
}

/// Flowers without words need no look: then it is empty.
async fn remembered(conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
    let changed = MemorialChanged::decode(event.payload.as_slice())?;
    if changed.message.is_empty() {
        return Ok(());
    }
    let keeper = account(&changed.account)?;
    memorial::write(conn, event, &changed, keeper).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_about_a_child_says_nothing_of_it() {
        let changed = CaseChanged {
            number: "GE420323".into(),
            item: "orphan".into(),
            item_title: "孤儿认定".into(),
            state_label: "待核实".into(),
            message: "请补交李小明父亲的死亡证明。".into(),
            ..CaseChanged::default()
        };
        let told = neutral(changed);
        assert_eq!(told.number, "GE420323");
        let all = format!(
            "{}{}{}{}",
            told.item, told.item_title, told.state_label, told.message
        );
        for word in ["李小明", "孤儿", "orphan", "待核实"] {
            assert!(!all.contains(word), "{word}");
        }
        let silent = CaseChanged::default();
        assert!(
            neutral(silent).message.is_empty(),
            "nothing to say stays nothing"
        );
    }

    #[test]
    fn only_cases_and_cancelled_appointments_make_messages() {
        let wants = |event_type| CaseMessages.wants(event_type);
        assert!(wants("yiwang.assistance.case.accepted.v1"));
        assert!(wants("yiwang.marriage.case.submitted.v1"));
        assert!(wants("yiwang.marriage.appointment.cancelled.v1"));
        assert!(!wants("yiwang.marriage.appointment.booked.v1"));
        assert!(wants("yiwang.burial.visit.entered.v1"));
        assert!(wants("yiwang.burial.nameless.identified.v1"));
        assert!(!wants("yiwang.burial.visit.booked.v1"));
        assert!(wants("yiwang.burial.memorial.offered.v1"));
        assert!(!wants("yiwang.burial.memorial.opened.v1"));
        assert!(wants("yiwang.marriage.person.changed.v1"));
        assert!(!wants("yiwang.burial.death.recorded.v1"));
        assert!(!wants("yiwang.assistance.case.accepted.v2"));
    }
}
