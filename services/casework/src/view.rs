//! A case as its viewer may read it: masked for officers, whole for the applicant.

use std::time::SystemTime;

use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::fault::Fault;
use yiwang_civic::division;
use yiwang_proto::casework::v1 as pb;

use crate::{
    FAR_FUTURE,
    access::Viewer,
    case::Material,
    certificate::Body,
    guide::{Mask, Row, Section},
    item::By,
    registry::{AnyItem, OpenCase},
    runtime::Runtime,
    service::Objection,
    store::{
        self, case::CaseFile, certificate::CertificateRow, clock::ClockRow, document::DocumentRow,
        notice::NoticeRow,
    },
};

/// The whole case for its viewer.
pub(crate) async fn full(
    rt: &Runtime,
    conn: &mut PgConnection,
    file: CaseFile,
    viewer: &Viewer,
) -> Result<pb::Case, Fault> {
    let documents = store::document::of_case(conn, file.id).await?;
    let open = rt.item(&file.item)?.open(rt, conn, file.clone()).await?;
    let objections = match viewer.reads_confidential() {
        true => objections(rt, conn, file.id).await?,
        false => Vec::new(),
    };
    let mut case = drawn(rt, &file, viewer, open, documents, objections)?;
    case.certificates = certificates(rt, conn, file.id, viewer).await?;
    Ok(case)
}

/// The whole case for its viewer, from what was read.
pub(crate) fn drawn(
    rt: &Runtime,
    file: &CaseFile,
    viewer: &Viewer,
    open: OpenCase,
    documents: Vec<DocumentRow>,
    objections: Vec<Section>,
) -> Result<pb::Case, Fault> {
    let item = rt.item(&file.item)?;
    let mut case = entry(rt, item, file, viewer.owner)?;
    if let Some(ground) = viewer.ground {
        case.ground = ground.code().to_owned();
        case.ground_label = ground.label().to_owned();
    }
    let now = rt.now();
    // One without a label only wakes the service; what it watches has another.
    let shown = open.clocks.iter().filter(|row| !row.label.is_empty());
    case.clocks = shown.map(|row| clock(row, now)).collect();
    case.expected = open.expected.iter().map(|act| (*act).to_owned()).collect();
    case.due = case
        .clocks
        .iter()
        .min_by_key(|c| (fires(&open.clocks, &c.name), c.last_day.clone()))
        .cloned();
    let form = if viewer.owner {
        &open.form
    } else {
        &open.masked_form
    };
    case.form = form.to_string();
    let mut sections = open.sections;
    if viewer.reads_confidential() {
        sections.extend(objections);
    } else {
        sections.retain(|section| !section.confidential);
    }
    case.sections = sections.iter().map(|s| section(s, viewer.owner)).collect();
    case.actions = item
        .actions_from(&case.state)
        .into_iter()
        .filter(|(by, _)| *by != By::System && viewer.may(*by).is_ok())
        .map(|(_, action)| action)
        .collect();
    case.materials = open.materials.into_iter().map(material_out).collect();
    case.act_files = open
        .act_files
        .into_iter()
        .filter(|one| viewer.reads_confidential() || !one.confidential)
        .map(|one| pb::ActFile {
            version: one.version,
            title: one.title,
            file: Some(material_out(one.file)),
        })
        .collect();
    case.missing = open
        .missing
        .into_iter()
        .map(|m| pb::MissingMaterial {
            code: m.code,
            title: m.title,
            reason: m.reason,
        })
        .collect();
    case.documents = documents.into_iter().map(document).collect();
    case.notices = open
        .notices
        .iter()
        .map(|row| notice(row, now, Some(&case.number)))
        .collect();
    Ok(case)
}

/// The certificates of a case that its viewer may read.
async fn certificates(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: Uuid,
    viewer: &Viewer,
) -> Result<Vec<pb::CertificateRef>, Fault> {
    let rows = store::certificate::of_case(conn, case).await?;
    let seen = rows
        .into_iter()
        .filter(|row| viewer.sees_certificate(&row.holder_key));
    let entry = |row: CertificateRow| {
        let body: Body = rt.open("certificate", &row.id.to_string(), &row.body)?;
        Ok(pb::CertificateRef {
            id: row.id.to_string(),
            kind: row.kind,
            title: row.title,
            number: row.number,
            state: row.state.code().to_owned(),
            state_label: row.state.label().to_owned(),
            issued_on: row.issued_on.to_string(),
            holder: yiwang_civic::mask::name(&body.holder),
        })
    };
    seen.map(entry).collect()
}

/// What people objected to; who they are is shown for a reason only.
pub(crate) async fn objections(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: Uuid,
) -> Result<Vec<Section>, Fault> {
    let mut sections = Vec::new();
    for (index, row) in store::notice::objections(conn, case)
        .await?
        .into_iter()
        .enumerate()
    {
        let objection: Objection = rt.open("objection", &row.id.to_string(), &row.body)?;
        let result: Option<String> = row
            .result
            .map(|sealed| rt.open("objection_result", &case.to_string(), &sealed))
            .transpose()?;
        let day = yiwang_civic::time::beijing_date(row.at);
        let mut shown = Section::new(format!("公示异议（{day}）"))
            .for_officers()
            .row("内容", objection.content);
        for (label, value, mask, field) in [
            ("署名", objection.name, Mask::Name, "name"),
            ("联系电话", objection.phone, Mask::Phone, "phone"),
        ] {
            shown = if value.is_empty() {
                shown.row(label, "未留")
            } else {
                shown.sensitive(label, value, mask, format!("/objections/{index}/{field}"))
            };
        }
        sections.push(shown.row("处理结果", result.as_deref().unwrap_or("待处理")));
    }
    Ok(sections)
}

fn fires(clocks: &[ClockRow], name: &str) -> bool {
    clocks
        .iter()
        .any(|clock| clock.running.name == name && clock.fires)
}

/// A case as a line of a list.
pub(crate) fn entry(
    rt: &Runtime,
    item: &dyn AnyItem,
    file: &CaseFile,
    owner: bool,
) -> Result<pb::Case, Fault> {
    let name: String = rt.open("applicant_name", &file.id.to_string(), &file.applicant_name)?;
    let state = item
        .state(&file.state)
        .ok_or_else(|| Fault::internal(format!("casework.case_file.state of {}", file.number)))?;
    let waiting_for = state.awaiting.label();
    Ok(pb::Case {
        number: file.number.clone(),
        service: rt.service.to_owned(),
        item: file.item.clone(),
        item_title: item.title().to_owned(),
        division: file.division.clone(),
        division_name: division::full_name(&file.division).unwrap_or_default(),
        state: file.state.clone(),
        state_label: state.label.to_owned(),
        explanation: state.explanation.to_owned(),
        closed: file.closed,
        version: file.version,
        submitted_at: Some(instant(file.submitted_at)),
        updated_at: Some(instant(file.updated_at)),
        due: (file.due_at < FAR_FUTURE).then(|| list_clock(file, rt.now())),
        applicant: if owner {
            name
        } else {
            yiwang_civic::mask::name(&name)
        },
        waiting_for,
        assignee: file.assignee_name.clone().unwrap_or_default(),
        own: owner,
        confidential: item.is_closed(),
        ..pb::Case::default()
    })
}

/// Lists know only when the nearest limit is, not which.
fn list_clock(file: &CaseFile, now: Timestamp) -> pb::Clock {
    // The due instant is the first one after the last day.
    let last = file.due_at - jiff::SignedDuration::from_secs(1);
    pb::Clock {
        due_at: Some(instant(file.due_at)),
        last_day: yiwang_civic::time::beijing_date(last).to_string(),
        overdue: file.due_at <= now,
        ..pb::Clock::default()
    }
}

fn clock(row: &ClockRow, now: Timestamp) -> pb::Clock {
    pb::Clock {
        name: row.running.name.clone(),
        label: row.label.clone(),
        legal_basis: row.legal_basis.clone(),
        started_at: Some(instant(row.running.started_at)),
        due_at: Some(instant(row.running.due_at)),
        last_day: row.running.last_day.to_string(),
        overdue: row.running.due_at <= now,
        provisional: row.provisional,
    }
}

fn section(section: &Section, owner: bool) -> pb::Section {
    let row = |row: &Row| match &row.sensitive {
        Some((mask, pointer)) if !owner => pb::Row {
            label: row.label.clone(),
            value: mask.apply(&row.value),
            reveal: pointer.clone(),
        },
        _ => pb::Row {
            label: row.label.clone(),
            value: row.value.clone(),
            reveal: String::new(),
        },
    };
    pb::Section {
        title: section.title.clone(),
        rows: section.rows.iter().map(row).collect(),
    }
}

/// A notice; `case_number` only for those who may see the case.
pub(crate) fn notice(row: &NoticeRow, now: Timestamp, case_number: Option<&str>) -> pb::Notice {
    pb::Notice {
        id: row.id.to_string(),
        case_number: case_number.unwrap_or_default().to_owned(),
        kind: row.kind.clone(),
        title: row.title.clone(),
        text: row.body.clone(),
        division: row.division.clone(),
        division_name: division::full_name(&row.division).unwrap_or_default(),
        posted_at: Some(instant(row.posted_at)),
        ends_at: Some(instant(row.ends_at)),
        last_day: row.last_day.to_string(),
        running: row.running(now),
        rows: row
            .rows
            .iter()
            .map(|(label, value)| pb::Row {
                label: label.clone(),
                value: value.clone(),
                reveal: String::new(),
            })
            .collect(),
        objections: i32::try_from(row.objections).unwrap_or(i32::MAX),
    }
}

/// A document's line.
pub(crate) fn document(row: DocumentRow) -> pb::DocumentRef {
    pb::DocumentRef {
        id: row.id.to_string(),
        kind: row.kind,
        title: row.title,
        issued_at: Some(instant(row.issued_at)),
    }
}

/// A material on the wire.
pub(crate) fn material_out(material: Material) -> pb::MaterialRef {
    pb::MaterialRef {
        code: material.code,
        file_id: material.file_id,
        file_name: material.file_name,
        media_type: material.media_type,
        size: material.size,
        sha256: material.sha256,
    }
}

/// A material from the wire.
pub(crate) fn material_in(material: pb::MaterialRef) -> Material {
    Material {
        code: material.code,
        file_id: material.file_id,
        file_name: material.file_name,
        media_type: material.media_type,
        size: material.size,
        sha256: material.sha256,
    }
}

/// An instant on the wire.
pub(crate) fn instant(at: Timestamp) -> prost_types::Timestamp {
    SystemTime::from(at).into()
}

/// The full value at a pointer of the sections or the form.
pub(crate) fn value_at(open: &OpenCase, pointer: &str) -> Option<String> {
    let rows = open.sections.iter().flat_map(|section| &section.rows);
    let mut sensitive = rows.filter_map(|row| Some((row.sensitive.as_ref()?, &row.value)));
    if let Some((_, value)) = sensitive.find(|((_, at), _)| at == pointer) {
        return Some(value.clone());
    }
    let in_form = pointer.strip_prefix("/form").unwrap_or(pointer);
    match open.form.pointer(in_form)? {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}
