//! The workbench of a case: the next action of the law, filled in as far as it is known.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use crate::portal::{
    body::Body,
    case::{
        acting::{self, Again, Outcome},
        item_of,
        officer::{self, Overlay},
        ripple, specs,
        task::{self, Filled},
        told, waiting,
    },
    desk::{Desk, go},
    view::{
        Section,
        case::{BigDates, HistoryLine, Paper, Reveal, Task, clocks},
        facts::SectionView,
        hall::bench::{BenchPage, Certificate, checks, order, steps},
    },
};

/// Properties of the form that stand elsewhere on the bench, or say nothing there.
const BESIDE: [&str; 4] = ["a", "b", "hall", "appointment"];

/// The workbench.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let case = case(&desk).await?;
    let overlay = Overlay {
        reveal: desk.query("reveal").to_owned(),
        ..Overlay::default()
    };
    draw(&desk, case, overlay, StatusCode::OK).await
}

/// Takes an action and comes back.
pub(crate) async fn act(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    let number = desk.param(0)?.to_owned();
    let desk = desk.at(page(&number));
    match acting::take(&desk, &number, desk.param(1)?, &body).await? {
        Outcome::Done(code) => Ok(go(&format!("{}?done={code}", page(&number)))),
        Outcome::Repeated => Ok(go(&page(&number))),
        Outcome::Again(again) => {
            let Again {
                case,
                filled,
                status,
            } = *again;
            let overlay = Overlay {
                filled: Some(filled),
                ..Overlay::default()
            };
            draw(&desk, case, overlay, status).await
        }
    }
}

/// Shows one masked value in full, once, for a reason.
pub(crate) async fn reveal(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let case = case(&desk).await?;
    let (overlay, status) = officer::look_behind(&desk, &case.number, &body).await?;
    draw(&desk, case, overlay, status).await
}

async fn case(desk: &Desk) -> Result<pb::Case, Fault> {
    let backends = desk.state.backends();
    backends.case(desk.who()?, desk.param(0)?).await
}

fn page(number: &str) -> String {
    format!("/hall/cases/{number}")
}

async fn draw(
    desk: &Desk,
    case: pb::Case,
    overlay: Overlay,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let history = desk.state.backends().history(who, &case.number).await?;
    let item = item_of(desk, &case).await;
    let (mut next, mut others) = tasks(desk, &case, item.as_ref(), overlay.filled.as_ref());
    let drawn = next.iter_mut().chain(&mut others).collect();
    ripple::foresee(desk, &case, drawn).await;
    let page = page(&case.number);
    let shown = overlay
        .shown
        .as_ref()
        .map(|(pointer, value)| (pointer.as_str(), value.as_str()));
    let on_page = |section: SectionView| section.on(&page);
    let people: Vec<SectionView> = ["a", "b"]
        .iter()
        .filter_map(|key| SectionView::group(&case, item.as_ref(), key, shown))
        .map(on_page)
        .collect();
    let mut sections: Vec<_> = SectionView::added(&case, shown)
        .into_iter()
        .map(on_page)
        .collect();
    let filled = SectionView::filled_besides(&BESIDE, &case, item.as_ref(), shown);
    let filled: Vec<_> = filled.into_iter().map(on_page).collect();
    let known = people.iter().chain(&sections).chain(&filled);
    let label = match overlay.reveal.as_str() {
        "" => None,
        pointer => SectionView::label(known, pointer),
    };
    let dates = BigDates::take(&mut sections);
    let (checks, sections) = checks(sections);
    let told = match desk.query("done") {
        "check-in" => format!("已经受理，编号{}。", case.number),
        _ => told(desk, item.as_ref()),
    };
    let problems = overlay
        .filled
        .as_ref()
        .map(Filled::troubles)
        .unwrap_or_default();
    let bench = BenchPage {
        chrome: desk.clone().at(page.clone()).chrome().titled(
            format!("{} {}", case.item_title, case.state_label),
            Section::Hall,
        ),
        told,
        problems,
        csrf: who.csrf.clone(),
        steps: steps(&case),
        people,
        checks,
        expects: next.is_none() && !case.closed && case.state == "checking",
        next,
        others,
        waiting: waiting(&case),
        reveal: label.filter(|_| shown.is_none()).map(|label| Reveal {
            page,
            label,
            pointer: overlay.reveal.clone(),
            reason: overlay.reason.0.clone(),
            error: overlay.reason.1.clone(),
        }),
        dates,
        clocks: clocks(&case, desk.today()),
        certificates: Certificate::all(&case),
        documents: Paper::documents(&case),
        sections,
        filled,
        history: HistoryLine::all(&history, &case),
        case,
    };
    Ok(desk.page_with(status, &bench))
}

/// The next action of the law, and what leads aside.
fn tasks(
    desk: &Desk,
    case: &pb::Case,
    item: Option<&pb::Item>,
    mending: Option<&Filled>,
) -> (Option<Task>, Vec<Task>) {
    let draw = |spec: &pb::ActionSpec, open: bool| {
        let mine = mending.filter(|filled| filled.spec.code == spec.code);
        let mut task = match mine {
            Some(filled) => filled.task(desk, case, specs(item)),
            None => {
                let mut blank = Filled::blank(case, spec);
                blank.suggest(&usual(case, &spec.code));
                blank.task(desk, case, specs(item))
            }
        };
        task.post = format!("{}/actions/{}", page(&case.number), spec.code);
        task.back = None;
        task.open = open || mine.is_some();
        task
    };
    let leads = |spec: &&pb::ActionSpec| order(&case.item, &spec.code);
    let next = case.actions.iter().filter(|spec| leads(spec).is_some());
    // Nobody is divorced during the cooling-off: what stands first then is the receipt.
    let next = next.min_by_key(leads).filter(|_| case.state != "cooling");
    let mut others: Vec<&pb::ActionSpec> = case
        .actions
        .iter()
        .filter(|spec| next.is_none_or(|next| next.code != spec.code))
        .collect();
    others.sort_by_key(|spec| task::rank(case, spec));
    let others = others.into_iter().map(|spec| draw(spec, false)).collect();
    (next.map(|spec| draw(spec, true)), others)
}

/// What is usually so in an action. What somebody has to say or sign is never filled in.
fn usual(case: &pb::Case, action: &str) -> Map<String, Value> {
    let form: Value = serde_json::from_str(&case.form).unwrap_or_default();
    let usual = match action {
        "declare" => json!({
            "both_present": true, "kin": "none",
            "a_status": form["a"]["stated"], "b_status": form["b"]["stated"],
        }),
        "accept" | "register" => json!({ "both_present": true }),
        _ => Value::Null,
    };
    match usual {
        Value::Object(usual) => usual
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect(),
        _ => Map::new(),
    }
}
