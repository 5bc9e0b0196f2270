//! The officers' page of a case: the next lawful steps, then the facts.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::{
    ashes, item_of, offers, ripple, specs,
    task::{self, Filled},
    told, waiting,
};
use crate::portal::{
    bills,
    body::Body,
    desk::{Desk, go},
    view::{
        Section, Trouble,
        case::{BigDates, HistoryLine, OfficerPage, Paper, Reveal, Task, clocks},
        facts::SectionView,
        format,
    },
};

/// A shorter reason says nothing; the service has the same rule.
const MIN_REASON: usize = 4;

/// What stands out on the page this time.
#[derive(Default)]
pub(crate) struct Overlay {
    /// An action with what was filled in.
    pub(crate) filled: Option<Filled>,
    /// Pointer of the value somebody wants to see.
    pub(crate) reveal: String,
    /// The reason given so far, and what is wrong with it.
    pub(crate) reason: (String, String),
    /// A value in full: pointer, value.
    pub(crate) shown: Option<(String, String)>,
    /// What is wrong with a hand-over.
    pub(crate) handover: Option<String>,
}

/// The page.
pub(crate) async fn draw(
    desk: &Desk,
    case: pb::Case,
    mut overlay: Overlay,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let case = offers::with_choices(desk, case).await;
    if let Some(filled) = &mut overlay.filled {
        filled.offer(&case);
    }
    let history = desk.state.backends().history(who, &case.number).await?;
    let item = item_of(desk, &case).await;
    let specs = specs(item.as_ref());
    let is_mending = overlay.filled.is_some();
    let mut ordered: Vec<&pb::ActionSpec> = case.actions.iter().collect();
    ordered.sort_by_key(|spec| task::rank(&case, spec));
    let near = task::near(&case, &ordered);
    let tasks = ordered.iter().enumerate().map(|(index, spec)| {
        let mine = overlay
            .filled
            .as_ref()
            .filter(|filled| filled.spec.code == spec.code);
        let mut task = match mine {
            Some(filled) => filled.task(desk, &case, specs),
            None if task::is_large(spec) => {
                let elsewhere = true;
                return Task {
                    elsewhere,
                    ..task::link(&case, spec)
                };
            }
            None => Filled::blank(&case, spec).task(desk, &case, specs),
        };
        task.open = if is_mending {
            mine.is_some()
        } else {
            // What cannot be taken back is not laid open before anybody asks for it.
            index == 0 && !spec.grave
        };
        task
    });
    let mut tasks: Vec<_> = tasks.collect();
    let here = tasks.iter_mut().filter(|task| !task.elsewhere).collect();
    ripple::foresee(desk, &case, here).await;
    let mut problems = overlay
        .filled
        .as_ref()
        .map(Filled::troubles)
        .unwrap_or_default();
    problems.extend(
        overlay
            .handover
            .iter()
            .map(|text| Trouble::at("handover", text)),
    );
    let shown = overlay
        .shown
        .as_ref()
        .map(|(pointer, value)| (pointer.as_str(), value.as_str()));
    let mut sections = SectionView::added(&case, shown);
    let filled = SectionView::filled(&case, item.as_ref(), shown);
    let label = match overlay.reveal.as_str() {
        "" => None,
        pointer => SectionView::label(sections.iter().chain(&filled), pointer),
    };
    let title = format!("{} {}", case.item_title, case.state_label);
    let page = OfficerPage {
        chrome: desk
            .clone()
            .at(format!("/cases/{}", case.number))
            .chrome()
            .titled(title, Section::Work),
        told: told(desk, item.as_ref()),
        problems,
        csrf: who.csrf.clone(),
        submitted: format::wire_moment(case.submitted_at.as_ref()),
        waiting: waiting(&case),
        sign_code: ashes::sign_code(desk, &case)?,
        ways: offers::ways(desk, &case),
        tasks,
        near,
        reveal: label.filter(|_| shown.is_none()).map(|label| Reveal {
            page: format!("/cases/{}", case.number),
            label,
            pointer: overlay.reveal.clone(),
            reason: overlay.reason.0.clone(),
            error: overlay.reason.1.clone(),
        }),
        dates: BigDates::take(&mut sections),
        clocks: clocks(&case, desk.today()),
        missing: case.missing.clone(),
        notices: case.notices.clone(),
        documents: Paper::documents(&case),
        materials: Paper::materials(&case, specs),
        sections,
        bills: bills::of(desk, &case).await,
        filled,
        history: HistoryLine::all(&history, &case),
        handover_open: overlay.handover.is_some(),
        handover_key: desk.fresh_key(),
        colleagues: colleagues(desk, &case).await?,
        case,
    };
    Ok(desk.page_with(status, &page))
}

/// Officers to whom the case may be handed: account, name with role.
async fn colleagues(desk: &Desk, case: &pb::Case) -> Result<Vec<(String, String)>, Fault> {
    let who = desk.who()?;
    if !who.is_staff() {
        return Ok(vec![]);
    }
    let found = desk.state.accounts().colleagues(who).await?;
    let here = found.into_iter().filter_map(|colleague| {
        let grant = colleague
            .grants
            .iter()
            .find(|grant| grant.covers(&case.division))?;
        let label = format!("{}（{}）", colleague.name, grant.role.label());
        Some((colleague.account.to_string(), label))
    });
    Ok(here.collect())
}

/// Shows one masked value in full, once, for a reason.
pub(crate) async fn reveal(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let case = desk
        .state
        .backends()
        .case(desk.who()?, desk.param(0)?)
        .await?;
    let (overlay, status) = look_behind(&desk, &case.number, &body).await?;
    draw(&desk, case, overlay, status).await
}

/// The value behind a mask, or the question for the reason again.
///
/// # Errors
/// What the reader cannot mend.
pub(crate) async fn look_behind(
    desk: &Desk,
    number: &str,
    body: &Body,
) -> Result<(Overlay, StatusCode), Fault> {
    let pointer = body.text("pointer").to_owned();
    let reason = body.text("reason").to_owned();
    let again = |reason: String, error: String| Overlay {
        reveal: pointer.clone(),
        reason: (reason, error),
        ..Overlay::default()
    };
    if reason.chars().count() < MIN_REASON {
        let error = "请写明原因，至少4个字，例如“电话通知入户时间”。".to_owned();
        return Ok((again(reason, error), StatusCode::UNPROCESSABLE_ENTITY));
    }
    let request = pb::RevealRequest {
        number: number.to_owned(),
        pointer: pointer.clone(),
        reason: reason.clone(),
    };
    match desk.state.backends().reveal(desk.who()?, request).await {
        Ok(answer) => {
            let shown = Overlay {
                shown: Some((pointer, answer.value)),
                ..Overlay::default()
            };
            Ok((shown, StatusCode::OK))
        }
        Err(fault) if matches!(fault.code, Code::InvalidInput | Code::PreconditionFailed) => {
            let first = fault.fields.first().map(|field| field.message.clone());
            let error = first.unwrap_or_else(|| fault.message.clone());
            Ok((again(reason, error), fault.http_status()))
        }
        Err(fault) => Err(fault),
    }
}

/// Hands the case to a colleague.
pub(crate) async fn hand_over(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let case = desk
        .state
        .backends()
        .case(desk.who()?, desk.param(0)?)
        .await?;
    let to = body.text("to").to_owned();
    let known = desk.state.accounts().colleagues(desk.who()?).await?;
    let colleague = known.into_iter().find(|one| one.account.to_string() == to);
    let refused = match colleague {
        None => Fault::precondition("COLLEAGUE_UNKNOWN", "请选择要移交给哪位同事。"),
        Some(_) if body.text("reason").is_empty() => {
            Fault::precondition("REASON_MISSING", "请写明移交的原因。")
        }
        Some(colleague) => {
            let request = pb::HandOverRequest {
                idempotency_key: body.text("key").to_owned(),
                number: case.number.clone(),
                to_account: to,
                to_name: colleague.name,
                reason: body.text("reason").to_owned(),
            };
            match desk.state.backends().hand_over(desk.who()?, request).await {
                Ok(_) => return Ok(go(&format!("/cases/{}?done=handover", case.number))),
                Err(fault) => fault,
            }
        }
    };
    if !matches!(
        refused.code,
        Code::InvalidInput | Code::PreconditionFailed | Code::Forbidden
    ) {
        return Err(refused);
    }
    let status = match refused.code {
        Code::Forbidden => StatusCode::FORBIDDEN,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let first = refused.fields.first().map(|field| field.message.clone());
    let handover = Some(first.unwrap_or_else(|| refused.message.clone()));
    let overlay = Overlay {
        handover,
        ..Overlay::default()
    };
    draw(&desk, case, overlay, status).await
}
