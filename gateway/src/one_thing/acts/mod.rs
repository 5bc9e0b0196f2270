//! What steps really do: cases over gRPC, tickets over HTTP, both with the step's own key.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{PgPool, types::Json};
use uuid::Uuid;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Grant, Role},
};
use yiwang_proto::casework::v1 as pb;

use super::{
    course::{Class, Outcome, Phase},
    definition::{Act, Ticket, Undo},
    departments::{self, Partners},
    runner::{Order, Performer},
};
use crate::{
    clients::Identity,
    crypto::{Column, Vault},
    state::AppState,
};

mod forms;
pub(crate) mod sole;
mod ticket;

/// Acts through the gateway's own connections.
pub(crate) struct Acts {
    pub(crate) state: AppState,
    pub(crate) vault: Arc<Vault>,
    pub(crate) partners: Arc<Partners>,
}

/// Whoever the engine acts for.
pub(super) struct Applicant {
    pub(super) caller: Caller,
    pub(super) id_number: String,
}

type AccountRow = (
    Vec<u8>,
    Option<Vec<u8>>,
    Option<String>,
    Json<Vec<(String, String)>>,
    Option<DateTime<Utc>>,
);

#[tonic::async_trait]
impl Performer for Acts {
    async fn perform(&self, order: &Order<'_>) -> Outcome {
        let applicant = match applicant(self.state.pool(), &self.vault, order).await {
            Ok(applicant) => applicant,
            Err(fault) => return of_fault(&fault),
        };
        match (order.phase, order.step().act, order.step().undo) {
            (Phase::Do, Act::File(item), _) => self.file(order, item, applicant).await,
            (Phase::Do, Act::Ask(ticket), _) => {
                in_one_sentence(self.ticket(order, ticket, &applicant).await)
            }
            (Phase::Do, Act::Sole, _) => {
                sole::claim(self.state.pool(), order.definition.code, order.header).await
            }
            (Phase::Do, Act::Ticket(ticket), _) | (Phase::Undo, _, Undo::Ticket(ticket)) => {
                self.ticket(order, ticket, &applicant).await
            }
            // The course calls nobody for these.
            _ => departments::failed(Class::Business, "NO_ACT", "这一步没有可以自动办的内容。"),
        }
    }
}

impl Acts {
    async fn ticket(&self, order: &Order<'_>, ticket: Ticket, applicant: &Applicant) -> Outcome {
        let body = ticket::body(order, ticket.matter, applicant);
        self.partners
            .ticket(ticket.department, &order.key, &body)
            .await
    }

    /// Files a case for the applicant. The service keeps the key: a repeat is the same case.
    async fn file(&self, order: &Order<'_>, item: &str, applicant: Applicant) -> Outcome {
        let form = match forms::of(item, order, &applicant) {
            Some(form) => form,
            None => {
                return departments::failed(Class::Business, "NO_FORM", "没有这个事项的申请表。");
            }
        };
        let request = pb::SubmitRequest {
            idempotency_key: order.key.clone(),
            item: item.to_owned(),
            division: forms::division(item, order),
            form: form.to_string(),
            materials: vec![],
        };
        let identity = Identity::acting(applicant.caller);
        match self.state.backends().submit(identity, request).await {
            Ok(case) => Outcome::Done(serde_json::json!({ "number": case.number })),
            Err(fault) => of_fault(&fault),
        }
    }
}

/// Every no of an inquiry is the same no.
fn in_one_sentence(outcome: Outcome) -> Outcome {
    let words = "没有核对上。请带户口簿或者其他关系证明，到民政窗口办理。";
    match outcome {
        Outcome::Failed(no) if no.class == Class::Business => {
            departments::failed(no.class, "NOT_CONFIRMED", words)
        }
        other => other,
    }
}

/// A no of a service is final; whatever else goes wrong may have happened or not: a connection
/// also breaks after the request has arrived.
fn of_fault(fault: &Fault) -> Outcome {
    let class = match fault.code {
        Code::RateLimited => Class::Transient,
        Code::Unavailable | Code::DeadlineExceeded | Code::Internal | Code::Conflict => {
            Class::Unknown
        }
        _ => Class::Business,
    };
    let fields = fault.fields.iter().map(|field| field.message.as_str());
    let text = match fault.fields.is_empty() {
        true => fault.message.clone(),
        false => fields.collect::<Vec<_>>().join(""),
    };
    departments::failed(class, &fault.reason, &text)
}

/// The account with its present grants: whoever lost a right has lost it here too.
async fn applicant(pool: &PgPool, vault: &Vault, order: &Order<'_>) -> Result<Applicant, Fault> {
    let account: Uuid = order.header.account;
    let row: AccountRow = sqlx::query_as(
        "select a.name_sealed, a.id_number_sealed, a.person_key,
                coalesce((select jsonb_agg(jsonb_build_array(g.role, g.division))
                          from gateway.account_grant g where g.account = a.id), '[]'),
                a.disabled_at
           from gateway.account a where a.id = $1",
    )
    .bind(account)
    .fetch_one(pool)
    .await?;
    let (name, id_number, person, grants, disabled) = row;
    if disabled.is_some() {
        let message = "申请人的账户已经停用。";
        return Err(Fault::precondition("ACCOUNT_DISABLED", message));
    }
    let id_number = match id_number {
        Some(sealed) => vault.open_text(Column::IdNumber, account, &sealed)?,
        None => String::new(),
    };
    let grants = grants.0.into_iter().filter_map(|(role, division)| {
        let role = role.parse::<Role>().ok()?;
        Some(Grant { role, division })
    });
    Ok(Applicant {
        caller: Caller {
            account,
            name: vault.open_text(Column::Name, account, &name)?,
            person,
            grants: grants.collect(),
            session: None,
            on_behalf_of: Some(account.to_string()),
        },
        id_number,
    })
}

/// The day of death: as it is on record, else as the family says.
pub(super) fn died_on<'a>(order: &'a Order<'_>) -> &'a str {
    let recorded = order.results.get("death");
    let recorded = recorded.and_then(|death| death["on"].as_str());
    let recorded = recorded.filter(|day| !day.is_empty());
    recorded.unwrap_or_else(|| text(order.answers, "/died_on"))
}

/// Text of the form at this pointer; empty when it is not there.
pub(super) fn text<'a>(answers: &'a Value, pointer: &str) -> &'a str {
    let found = answers.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_default().trim()
}
