//! Who stands around a child, as data for the picture. Only who stands on the case reads it: casework
//! itself is asked, as the caller; and only cases that the caller stands on are named.

use serde_json::Value;
use sqlx::PgConnection;
use tonic::Request;
use yiwang_casework::{Runtime, service::CaseworkService};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_proto::{
    casework::v1::{Case, GetCaseRequest, casework_server::Casework as _},
    child::v1 as pb,
};

use super::{roster, trail};
use crate::domain::{family::ParentState, welfare::words::Guardianship};

/// The case, when the caller stands on it.
///
/// # Errors
/// `CASE_NOT_FOUND`, also for a case that is hidden.
pub(super) async fn stands(
    cases: &CaseworkService,
    caller: &Caller,
    number: &str,
) -> Result<Case, Fault> {
    let mut request = Request::new(GetCaseRequest {
        number: number.trim().to_owned(),
    });
    request.extensions_mut().insert(caller.clone());
    let answer = cases.get_case(request).await.map_err(Fault::from)?;
    Ok(answer.into_inner())
}

/// The picture's nodes and lines.
pub(super) async fn get(
    rt: &Runtime,
    cases: &CaseworkService,
    caller: &Caller,
    request: pb::GetNetworkRequest,
) -> Result<pb::Network, Fault> {
    let case = stands(cases, caller, &request.case_number).await?;
    // Masked as the caller reads it.
    let form: Value = serde_json::from_str(&case.form).map_err(Fault::internal)?;
    let mut tx = rt.pool.begin().await?;
    let mut drawn = Drawn::default();
    drawn.node("child", "child", text(&form["child"], "name"), "", "fine");
    family(&mut drawn, &form);
    for post in roster::of_place(rt, &mut tx, &case.division).await? {
        let id = format!("post-{}", drawn.nodes.len());
        let (kind, words) = match post.supervisor {
            true => ("supervisor", "督导"),
            false => ("director", "走访、联系"),
        };
        drawn.node(&id, kind, &post.name, &post.words, "fine");
        drawn.edge(&id, "child", words);
    }
    let others = others(&mut tx, &case.number).await?;
    trail::looked(
        rt,
        &mut tx,
        caller,
        "child_network",
        format!("case/{}", case.number),
        drawn.nodes.len(),
    )
    .await?;
    tx.commit().await?;
    for number in others {
        match stands(cases, caller, &number).await {
            Ok(other) => drawn.case(other),
            Err(fault) if fault.code == Code::NotFound => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(pb::Network {
        nodes: drawn.nodes,
        edges: drawn.edges,
    })
}

/// Parents, carer, school, doctor, as far as the form names them.
fn family(drawn: &mut Drawn, form: &Value) {
    for (at, words) in [("father", "父亲"), ("mother", "母亲")] {
        let parent = &form[at];
        if !parent.is_object() {
            continue;
        }
        let state = ParentState::from_code(text(parent, "state"));
        let tone = match state {
            Some(ParentState::Able) => "fine",
            Some(ParentState::CustodyRevoked | ParentState::OutOfContact) => "bad",
            _ => "watch",
        };
        let away = text(&form[format!("{at}_away")], "place");
        let note = match (state, away.is_empty()) {
            (Some(ParentState::Able), false) => "外出",
            (state, _) => state.map_or("", ParentState::label),
        };
        let name = match text(parent, "name") {
            "" => "不知道姓名",
            name => name,
        };
        drawn.node(at, "parent", name, note, tone);
        drawn.edge(at, "child", words);
    }
    let carer = text(&form["carer"], "name");
    if !carer.is_empty() {
        let guardian = Guardianship::from_code(text(form, "guardianship"));
        let note = guardian.map_or("", Guardianship::label);
        drawn.node("carer", "carer", carer, note, "fine");
        let relation = match text(&form["carer"], "relation") {
            "" => "照护",
            relation => relation,
        };
        drawn.edge("carer", "child", relation);
    }
    for (at, kind, label, words) in [
        ("school", "school", text(&form["child"], "school"), "就学"),
        ("doctor", "doctor", text(form, "doctor"), "签约医生"),
    ] {
        if !label.is_empty() {
            drawn.node(at, kind, label, "", "fine");
            drawn.edge(at, "child", words);
        }
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default().trim()
}

/// Open cases that name the same child.
async fn others(conn: &mut PgConnection, number: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "with child as (
             select p.person_key from casework.case_person p
               join casework.case_file c on c.id = p.case_id
              where c.number = $1 and p.relation = 'child')
         select distinct c.number from casework.case_file c
           join casework.case_person p on p.case_id = c.id
           join child on child.person_key = p.person_key
          where c.number <> $1 and not c.closed
          order by c.number limit 20",
    )
    .bind(number)
    .fetch_all(conn)
    .await
}

#[derive(Default)]
struct Drawn {
    nodes: Vec<pb::FileNode>,
    edges: Vec<pb::FileEdge>,
}

impl Drawn {
    fn node(&mut self, id: &str, kind: &str, label: &str, note: &str, tone: &str) {
        self.nodes.push(pb::FileNode {
            id: id.to_owned(),
            kind: kind.to_owned(),
            label: label.to_owned(),
            note: note.to_owned(),
            tone: tone.to_owned(),
            case_number: String::new(),
        });
    }

    fn edge(&mut self, from: &str, to: &str, words: &str) {
        self.edges.push(pb::FileEdge {
            from: from.to_owned(),
            to: to.to_owned(),
            words: words.to_owned(),
        });
    }

    fn case(&mut self, case: Case) {
        let id = format!("case-{}", case.number);
        self.edge(&id, "child", &case.state_label);
        self.nodes.push(pb::FileNode {
            id,
            kind: "case".to_owned(),
            label: case.item_title,
            note: case.state_label,
            tone: "fine".to_owned(),
            case_number: case.number,
        });
    }
}
