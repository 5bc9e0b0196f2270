//! From a row of the table to a request: paths, bodies, senders.

use anyhow::{Context, ensure};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use yiwang_e2e::id_number;

use crate::{
    burial,
    cast::Actor,
    marriage,
    outcome::{Answer, of_http},
    rescue,
    scene::{Ids, WHAT},
    table::{PEOPLE, Row},
    world::World,
};

/// Something that everybody may say about a notice.
pub(crate) const OBJECTION: &str = "这户人家在县城有两套房子，请再核实。";
/// Why an officer looks.
pub(crate) const REASON: &str = "核对申请人身份";

/// Somebody whose marital status is asked for: field and value.
pub(crate) fn inquiry() -> [(&'static str, String); 4] {
    [
        ("name", "何小满".to_owned()),
        ("id_number", id_number("420323", "19930405", 777)),
        ("purpose", "核对低保申请家庭的成员".to_owned()),
        ("legal_basis", "社会救助法第六十二条".to_owned()),
    ]
}

/// The path of a route with its parameters filled in.
pub(crate) fn path(
    world: &World<'_>,
    template: &str,
    row: &Row,
    ids: &Ids,
) -> anyhow::Result<String> {
    let (digest, name) = &world.scene.asset;
    let parts = template.split('/').map(|part| {
        let Some(parameter) = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
        else {
            return Ok(part);
        };
        Ok(match parameter {
            "number" if of_appointment(template) => &ids.appointment,
            "number" => &ids.number,
            "code" if template.contains("/visits/") => burial::CEMETERY,
            // A memorial that nobody opened.
            "code" if template.contains("/memorials/") => "0",
            "facility" => burial::CEMETERY,
            "act" if template.starts_with("/home/deaths/") => "ask",
            "act" if template.starts_with("/rescue/house/") => "place",
            "act" if template.starts_with("/rescue/calls/") => "record",
            "act" if template.starts_with("/rescue/patrols/") => "finish",
            // A photograph of no notice.
            "reference" => &ids.session,
            "act" if template.starts_with("/rescue/institutions/") => "save",
            "act" if template.starts_with("/child/roster/") => "save",
            "act" if template.starts_with("/cemetery/keeper/") => "stock",
            "act" => "plan",
            "code" if template.contains("/burial/homes/") => burial::HOME,
            "code" if template.contains("/rescue/stations/") => rescue::STATION,
            "code" if template.contains("/cemeteries/") => burial::CEMETERY,
            "code" if template.contains("/halls/") => marriage::HALL,
            "code" if template.starts_with("/hall/setup/") => marriage::HALL,
            "service" => "assistance",
            "code" if template.contains("/one-things/") => "after-death",
            "code" | "item" => WHAT,
            // Of a one-thing of nobody.
            "step" => "household",
            "verb" => "retry",
            "action" if row.label == "change_account" => "change_account",
            "action" => "record_complaint",
            "department" => "check-centre",
            "file_id" => &ids.material,
            "file" if template.starts_with("/cases/") => &ids.material,
            "file" => &ids.file,
            "digest" => digest,
            "name" => name,
            "entry" => "1",
            "row" => "2",
            "id" => id_in(template, ids).with_context(|| template.to_owned())?,
            _ => anyhow::bail!("the parameter {parameter} of {template} is new: extend calls.rs"),
        })
    });
    Ok(parts.collect::<anyhow::Result<Vec<_>>>()?.join("/"))
}

/// Whether the number in the path is that of an appointment.
pub(crate) fn of_appointment(template: &str) -> bool {
    template.contains("/appointments/")
        || template.starts_with("/book/")
        // An appointment of the marriage service: a visit of nobody.
        || template.contains("/visits/")
}

fn id_in<'a>(template: &str, ids: &'a Ids) -> Option<&'a str> {
    let kinds = [
        ("/documents/{id}", &ids.document),
        // A task, a director, a payment, a request of nobody.
        ("/child/tasks/{id}", &ids.session),
        ("/child/directors/{id}", &ids.session),
        ("/child/payments/{id}", &ids.session),
        ("/adoption/archive/{id}", &ids.session),
        ("/archive-requests/{id}", &ids.session),
        ("/ratings/{id}", &ids.session),
        ("/access/{id}", &ids.session),
        ("/access/requests/{id}", &ids.session),
        ("/access/emergencies/{id}", &ids.session),
        // On nobody's list.
        ("/dishonesty/{id}/", &ids.session),
        // Words that nobody left.
        ("/words/{id}", &ids.session),
        // A draw of nobody.
        ("/inspections/{id}", &ids.session),
        // An article, a patrol, a visit of nobody.
        ("/rescue/articles/{id}", &ids.session),
        ("/rescue/patrols/{id}", &ids.session),
        ("/rescue/encounters/{id}", &ids.session),
        ("/rescue/street/visits/{id}", &ids.session),
        ("/notices/{id}", &ids.notice),
        ("/messages/{id}", &ids.message),
        ("/files/{id}", &ids.file),
        ("/sessions/{id}", &ids.session),
        // A conflict of nobody.
        ("/conflicts/{id}", &ids.session),
        ("/archive/batches/{id}", &ids.batch),
        ("/hall/archive/{id}", &ids.batch),
        ("/certificates/{service}/{id}", &ids.certificate),
    ];
    let kind = kinds.into_iter().find(|(kind, _)| template.contains(kind));
    kind.map(|(_, id)| id.as_str())
}

/// The data of an act that is done for real.
pub(crate) fn act_data(world: &World<'_>, action: &str) -> anyhow::Result<Value> {
    Ok(match action {
        "record_complaint" => json!({"text": "有群众来电反映，已登记待查。"}),
        "change_account" => json!({"payee": world.payee}),
        other => anyhow::bail!("no data for {other}: extend calls.rs"),
    })
}

/// An officer of the township to whom `actor` may hand a case over: account and name.
pub(crate) fn colleague(
    world: &World<'_>,
    actor: &Actor,
    label: &str,
) -> anyhow::Result<(String, String)> {
    if label == "to-nobody" {
        return Ok((uuid::Uuid::new_v4().to_string(), "无此人".to_owned()));
    }
    // The clerk and the officer of the township of the case.
    let columns = [PEOPLE.len() + 1, PEOPLE.len() + 2];
    let found = world.cast.iter().find(|other| {
        columns.contains(&other.column) && other.region == 0 && other.index != actor.index
    });
    let caller = found
        .and_then(|found| found.caller.as_ref())
        .context("no colleague")?;
    Ok((caller.account.to_string(), caller.name.clone()))
}

/// Sends and judges.
pub(crate) async fn send(request: RequestBuilder, ids: &Ids) -> anyhow::Result<Answer> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = String::from_utf8_lossy(&response.bytes().await?).into_owned();
    let mut answer = of_http(status, &headers, &body);
    ensure!(status < 500, "{}", answer.said);
    answer.whole = ids.anonymised(&answer.whole);
    Ok(answer)
}
