//! Opens a case, lets the item decide, stores the whole decision.

mod limits;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use yiwang_chassis::{
    failpoint,
    fault::{Code, Fault},
    ids, journal, outbox,
};
use yiwang_civic::time;

use self::limits::{nearest, started};
use crate::{
    FAR_FUTURE,
    access::{OnCase, case_not_found, standing::Around},
    case::{Case, Material},
    certificate,
    context::{Actor, Context},
    decision::{ClockOp, Decision, Missing, NoticeOp, RULE_MISSING, Refusal},
    files::ActFile,
    item::{Awaiting, Item, Standing, State},
    registered::{ApplyError, KeyedPerson, Registered},
    runtime::Runtime,
    store::{
        self,
        case::{CaseFile, Related},
        clock::ClockRow,
        document::DocumentRow,
        notice::NoticeRow,
    },
    trail::{audit_entry, case_event},
};

/// The sealed part of a case file.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "F: Deserialize<'de>, X: Deserialize<'de>"))]
struct Body<F, X> {
    form: F,
    facts: X,
    materials: Vec<Material>,
    missing: Vec<Missing>,
    /// None in cases of before acts took files.
    #[serde(default)]
    act_files: Vec<ActFile>,
}

/// A case as opened for a decision or a page.
pub(crate) struct Loaded<I: Item> {
    pub(crate) file: CaseFile,
    pub(crate) case: Case<I>,
    pub(crate) missing: Vec<Missing>,
    pub(crate) act_files: Vec<ActFile>,
    pub(crate) clocks: Vec<ClockRow>,
    pub(crate) notices: Vec<NoticeRow>,
}

/// Opens a case file with its clocks and notices.
pub(crate) async fn open<I: Item>(
    rt: &Runtime,
    conn: &mut PgConnection,
    file: CaseFile,
) -> Result<Loaded<I>, Fault> {
    let body: Body<I::Form, I::Facts> = rt.open("case_file", &file.id.to_string(), &file.body)?;
    let state = I::State::from_code(&file.state)
        .ok_or_else(|| Fault::internal(format!("casework.case_file.state of {}", file.number)))?;
    let clocks = store::clock::running(conn, file.id).await?;
    let notices = store::notice::of_case(conn, file.id).await?;
    let case = Case {
        number: file.number.clone(),
        division: file.division.clone(),
        applicant: file.applicant_key.clone(),
        account: file.account,
        form: body.form,
        state,
        facts: body.facts,
        materials: body.materials,
        clocks: clocks.iter().map(|clock| clock.running.clone()).collect(),
        notices: notices.iter().map(NoticeRow::facts).collect(),
        version: file.version,
        submitted_on: time::beijing_date(file.submitted_at),
    };
    Ok(Loaded {
        file,
        case,
        missing: body.missing,
        act_files: body.act_files,
        clocks,
        notices,
    })
}

/// Everybody on a form with their keys, each once.
pub(crate) fn keyed_people<I: Item>(rt: &Runtime, form: &I::Form) -> Vec<KeyedPerson> {
    let mut seen = BTreeMap::new();
    let people = I::people(form).into_iter().filter_map(|person| {
        let key = rt.keyer.document_key(&person.id).as_str().to_owned();
        seen.insert(key.clone(), ())
            .is_none()
            .then_some(KeyedPerson { key, person })
    });
    people.collect()
}

/// One change of a case: who did what, when.
pub(crate) struct Change<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) action: &'a str,
    pub(crate) now: Timestamp,
}

/// The surroundings of a decision.
pub(crate) fn context<'a>(
    rt: &'a Runtime,
    actor: &'a Actor,
    division: &'a str,
    now: Timestamp,
) -> Context<'a> {
    Context {
        now,
        actor,
        calendar: rt.calendar,
        rules: &rt.rules,
        division,
        county: division.get(..6).unwrap_or(division),
    }
}

/// A case that was just stored, as its page needs it.
pub(crate) struct Stored<I: Item> {
    pub(crate) loaded: Loaded<I>,
    pub(crate) around: Around,
    pub(crate) documents: Vec<DocumentRow>,
}

/// Stores a new case.
pub(crate) async fn store_new<I: Registered>(
    rt: &Runtime,
    conn: &mut PgConnection,
    mut case: Case<I>,
    people: &[KeyedPerson],
    mut decision: Decision<I>,
    change: &Change<'_>,
) -> Result<Stored<I>, Fault> {
    let id = ids::new(change.now);
    case.state = decision.state;
    case.facts = decision.facts.clone();
    let applicant = applicant_name::<I>(people);
    let mut file = CaseFile {
        id,
        number: case.number.clone(),
        item: I::CODE.to_owned(),
        division: case.division.clone(),
        state: String::new(),
        awaiting: String::new(),
        closed: false,
        applicant_key: case.applicant.clone(),
        account: case.account,
        applicant_name: rt.seal("applicant_name", &id.to_string(), &applicant)?,
        body: Vec::new(),
        version: 1,
        due_at: FAR_FUTURE,
        submitted_at: change.now,
        updated_at: change.now,
        assignee: None,
        assignee_name: None,
        sealed: false,
    };
    let missing = decision.missing.take().unwrap_or_default();
    let kept = Kept {
        missing: &missing,
        act_files: &[],
    };
    fill(rt, &mut file, &case, kept, &[], &decision.clocks)?;
    let related = related::<I>(people);
    store::case::insert(conn, &file, &related).await?;
    let clocks = started(&decision.clocks, change.now);
    let posted = !decision.notices.is_empty();
    let documents = record(rt, conn, &file, &case, people, decision, change).await?;
    let notices = match posted {
        true => store::notice::of_case(conn, id).await?,
        false => Vec::new(),
    };
    let around = Around {
        people: related.into_iter().map(OnCase::from).collect(),
        standing: named::<I>(&case),
        grant: None,
    };
    Ok(Stored {
        loaded: Loaded {
            file,
            case,
            missing,
            act_files: Vec::new(),
            clocks,
            notices,
        },
        around,
        documents,
    })
}

/// Stores the next version of a locked case.
pub(crate) async fn store_next<I: Registered>(
    rt: &Runtime,
    conn: &mut PgConnection,
    loaded: Loaded<I>,
    people: Vec<KeyedPerson>,
    mut decision: Decision<I>,
    change: &Change<'_>,
) -> Result<CaseFile, Fault> {
    let Loaded {
        mut file,
        mut case,
        missing,
        act_files,
        clocks,
        ..
    } = loaded;
    let from_version = file.version;
    case.state = decision.state;
    case.facts = decision.facts.clone();
    if let Some(materials) = decision.materials.take() {
        case.materials = materials;
    }
    let mut people = people;
    if let Some(form) = decision.form.take() {
        case.form = form;
        people = keyed_people::<I>(rt, &case.form);
        let first = people.first().map_or("", |person| person.key.as_str());
        if !I::NAMELESS && first != file.applicant_key {
            return Err(applicant_changed());
        }
        store::case::replace_people(conn, file.id, &related::<I>(&people)).await?;
        let name = applicant_name::<I>(&people);
        file.applicant_name = rt.seal("applicant_name", &file.id.to_string(), &name)?;
    }
    file.version += 1;
    case.version = file.version;
    file.updated_at = change.now;
    let missing = decision.missing.take().unwrap_or(missing);
    let kept = Kept {
        missing: &missing,
        act_files: &act_files,
    };
    fill(rt, &mut file, &case, kept, &clocks, &decision.clocks)?;
    store::case::update(conn, &file, from_version).await?;
    record(rt, conn, &file, &case, &people, decision, change).await?;
    Ok(file)
}

/// Nobody applies for a nameless item.
fn applicant_name<I: Item>(people: &[KeyedPerson]) -> &str {
    let first = people.first().filter(|_| !I::NAMELESS);
    first.map_or("", |person| person.person.name.as_str())
}

/// The applicant comes first.
fn related<I: Item>(people: &[KeyedPerson]) -> Vec<Related> {
    let related = people.iter().enumerate().map(|(at, one)| Related {
        key: one.key.clone(),
        relation: one.person.relation.clone(),
        party: (at == 0 && !I::NAMELESS) || I::PARTIES.contains(&one.person.relation.as_str()),
    });
    related.collect()
}

/// Who stands on the case besides its parties and its line; nobody needs to on an open one.
fn named<I: Item>(case: &Case<I>) -> Vec<Standing> {
    match I::CLOSED {
        true => I::standing(&case.form, &case.facts),
        false => Vec::new(),
    }
}

fn applicant_changed() -> Fault {
    Fault::precondition(
        "APPLICANT_CHANGED",
        "不能更换申请人；如需由他人申请，请撤回后重新申请。",
    )
}

/// What lies in the file besides the case that items see.
struct Kept<'a> {
    missing: &'a [Missing],
    act_files: &'a [ActFile],
}

/// Derives the columns the lists read from the case itself.
fn fill<I: Item>(
    rt: &Runtime,
    file: &mut CaseFile,
    case: &Case<I>,
    kept: Kept<'_>,
    running: &[ClockRow],
    changes: &[ClockOp],
) -> Result<(), Fault> {
    let spec = case.state.spec();
    file.state = spec.code.to_owned();
    file.awaiting = match I::is_escalated(&case.facts) {
        true => spec.awaiting.key_escalated(I::ESCALATES_TO),
        false => spec.awaiting.key(),
    };
    file.closed = spec.awaiting == Awaiting::Nobody;
    file.due_at = if file.closed {
        FAR_FUTURE
    } else {
        nearest(running, changes)
    };
    let body = Body {
        form: &case.form,
        facts: &case.facts,
        materials: case.materials.clone(),
        missing: kept.missing.to_vec(),
        act_files: kept.act_files.to_vec(),
    };
    file.body = rt.seal("case_file", &file.id.to_string(), &body)?;
    Ok(())
}

/// Writes everything that follows from a decision, in the caller's transaction.
async fn record<I: Registered>(
    rt: &Runtime,
    conn: &mut PgConnection,
    file: &CaseFile,
    case: &Case<I>,
    people: &[KeyedPerson],
    decision: Decision<I>,
    change: &Change<'_>,
) -> Result<Vec<DocumentRow>, Fault> {
    let entry = store::history::NewEntry {
        version: file.version,
        at: change.now,
        action: change.action,
        state: &file.state,
        actor: change.actor,
        note: &decision.note,
        rules: &decision.rules,
        confidential: decision.confidential,
    };
    store::history::add(conn, file.id, &entry).await?;
    if I::CLOSED {
        store::access::stand(conn, file.id, &named::<I>(case)).await?;
    }
    clocks_and_notices(rt, conn, file, &decision, change).await?;
    let mut documents = Vec::new();
    for document in &decision.documents {
        let row = DocumentRow {
            id: ids::new(change.now),
            kind: document.kind.to_owned(),
            title: document.title.clone(),
            issued_at: change.now,
        };
        let body = rt.seal("document", &row.id.to_string(), &document.text)?;
        store::document::issue(conn, file.id, &row, &body).await?;
        documents.push(row);
    }
    for errand in &decision.errands {
        let payload = rt.seal("errand", &errand.key, &errand.payload)?;
        store::errand::add(conn, file.id, errand.kind, &errand.key, &payload, rt.wall()).await?;
    }
    if !decision.effects.is_empty() {
        I::apply(rt, conn, case, people, decision.effects, change.now)
            .await
            .map_err(|error| match error {
                ApplyError::Refused(refusal) => refused(refusal),
                ApplyError::Database(error) => Fault::from(error),
            })?;
    }
    let message = match (&decision.message, decision.confidential) {
        (_, true) => "",
        (message, false) if message.is_empty() => &decision.note,
        (message, false) => message,
    };
    let event = case_event(rt, file, rt.item(I::CODE)?, change, message);
    journal::write(conn, &audit_entry(file, change), &event).await?;
    let mut events = decision.events;
    for op in decision.certificates {
        events.extend(certificate::apply::<I>(rt, conn, file, &case.form, op, change.now).await?);
        failpoint::hit("act.after_certificates");
    }
    // One order for all transactions: each aggregate stays locked until the commit.
    events.sort_by(|a, b| (a.aggregate, &a.aggregate_id).cmp(&(b.aggregate, &b.aggregate_id)));
    for event in events {
        outbox::enqueue(conn, &rt.outgoing(event, change.now)).await?;
    }
    Ok(documents)
}

async fn clocks_and_notices<I: Item>(
    rt: &Runtime,
    conn: &mut PgConnection,
    file: &CaseFile,
    decision: &Decision<I>,
    change: &Change<'_>,
) -> Result<(), Fault> {
    if file.closed {
        store::clock::stop_all(conn, file.id, change.now).await?;
    }
    for op in &decision.clocks {
        match op {
            ClockOp::Start(clock) => {
                let version = rt.calendar.version();
                store::clock::start(conn, file.id, clock, version, change.now).await?;
            }
            ClockOp::Stop(name) => {
                store::clock::stop(conn, file.id, name, change.now).await?;
            }
        }
    }
    for op in &decision.notices {
        match op {
            NoticeOp::Post(notice) => {
                let id = ids::new(change.now);
                let poster = change.actor.officer().map_or("系统", |(_, name)| name);
                let division = &file.division;
                store::notice::post(conn, id, file.id, division, notice, poster, change.now)
                    .await?;
            }
            NoticeOp::Withdraw(name) => {
                store::notice::withdraw(conn, file.id, name, change.now).await?;
            }
            NoticeOp::Settle { name, result } => {
                let result = rt.seal("objection_result", &file.id.to_string(), result)?;
                store::notice::settle(conn, file.id, name, &result, change.now).await?;
            }
        }
    }
    Ok(())
}

/// A refusal as a fault: field errors are the input's, the rest is the state's.
pub(crate) fn refused(refusal: Refusal) -> Fault {
    let code = match (refusal.code, refusal.fields.is_empty()) {
        // Goes away by itself once the parameter is there: clocks must wait, not end.
        (RULE_MISSING, _) => Code::Unavailable,
        (_, true) => Code::PreconditionFailed,
        (_, false) => Code::InvalidInput,
    };
    let mut fault = Fault::new(code, refusal.code, refusal.message);
    fault.fields = refusal.fields;
    fault
}

/// Locks a case and opens it.
pub(crate) async fn lock(conn: &mut PgConnection, number: &str) -> Result<CaseFile, Fault> {
    store::case::lock(conn, number)
        .await?
        .ok_or_else(case_not_found)
}
