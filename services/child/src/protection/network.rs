//! The network of people around a child, as nodes and edges that a page draws.

use yiwang_proto::child::v1::{self as pb, NetworkEdge, NetworkNode};

use super::{
    lists,
    rows::{Row, Story},
};
use crate::domain::protection::{
    person::Somebody,
    protection_case::Facts,
    words::{Around, EmergencyStep, Help},
};

const CHILD: &str = "child";

#[derive(Default)]
struct Net {
    nodes: Vec<NetworkNode>,
    edges: Vec<NetworkEdge>,
}

impl Net {
    /// Somebody with an edge to the child.
    fn add(&mut self, node: NetworkNode, edge: &'static str, words: &str) {
        self.edges.push(NetworkEdge {
            from: node.id.clone(),
            to: CHILD.to_owned(),
            words: words.to_owned(),
            kind: edge.to_owned(),
        });
        self.nodes.push(node);
    }
}

fn node(id: &str, kind: &str, label: &str, name: &str, words: &str) -> NetworkNode {
    NetworkNode {
        id: id.to_owned(),
        kind: kind.to_owned(),
        label: label.to_owned(),
        name: name.trim().to_owned(),
        words: words.to_owned(),
        missing: false,
    }
}

/// Nodes and edges of a case.
pub(super) fn drawn(
    row: &Row,
    story: &Story,
    placement: &pb::Placement,
) -> (Vec<NetworkNode>, Vec<NetworkEdge>) {
    let mut net = Net::default();
    let child = &story.form.child;
    net.nodes
        .push(node(CHILD, "child", "儿童", &child.called(), ""));
    for (nth, somebody) in story.form.around.iter().enumerate() {
        family(&mut net, nth, somebody);
    }
    parents(&mut net, &story.form.around);
    offices(&mut net, row, &story.facts);
    care(&mut net, placement);
    helpers(&mut net, &story.facts);
    (net.nodes, net.edges)
}

fn family(net: &mut Net, nth: usize, somebody: &Somebody) {
    let id = format!("around{nth}");
    let kind = match somebody.relation {
        Around::Father | Around::Mother => "parent",
        Around::Carer => "carer",
        Around::Teacher => "school",
        _ => "relative",
    };
    let label = somebody.relation.label();
    let (kind, edge, words) = match somebody.suspect {
        true => ("suspect", "harm", "涉嫌侵害"),
        false => (kind, "family", label),
    };
    let node = node(&id, kind, label, &somebody.name, somebody.words.trim());
    net.add(node, edge, words);
}

/// Parents nobody has written down stand there as missing.
fn parents(net: &mut Net, around: &[Somebody]) {
    for (id, relation) in [("father", Around::Father), ("mother", Around::Mother)] {
        if around.iter().any(|somebody| somebody.relation == relation) {
            continue;
        }
        let mut missing = node(id, "parent", relation.label(), "", "还没有登记");
        missing.missing = true;
        net.add(missing, "family", relation.label());
    }
}

fn offices(net: &mut Net, row: &Row, facts: &Facts) {
    let county = lists::place(&row.division);
    let lead = facts
        .triage
        .as_ref()
        .map_or("", |triage| triage.by.as_str());
    net.add(
        node("county", "county", "县级民政部门", lead, &county),
        "duty",
        "负责",
    );
    let village = facts.follow_up.as_ref();
    let (name, words) = match village {
        Some((follow, until)) => (lists::place(&follow.what.village), format!("回访到{until}")),
        None => (String::new(), "回访时确定".to_owned()),
    };
    let mut worker = node("village", "village", "儿童主任", &name, &words);
    worker.missing = village.is_none();
    net.add(worker, "duty", "回访");
    let (unit, words) = match &facts.police {
        Some(told) => (told.what.unit.clone(), "已告知"),
        None => (String::new(), "还没有告知"),
    };
    let mut police = node("police", "police", "公安机关", &unit, words);
    police.missing = facts.police.is_none();
    net.add(police, "duty", "保护");
}

fn care(net: &mut Net, placement: &pb::Placement) {
    let now = placement.stays.iter().find(|stay| stay.to.is_empty());
    let Some(now) = now else {
        return;
    };
    let kind = match now.kind.as_str() {
        "centre" => "centre",
        "home" => "home",
        _ => "carer",
    };
    let words = format!("{}起", now.from.replace('T', " "));
    net.add(
        node("placement", kind, &now.kind_label, &now.carer, &words),
        "care",
        "现在住在",
    );
    let guardian = node(
        "guardian",
        "county",
        "监护人",
        &placement.guardian_name,
        &placement.custody,
    );
    net.add(guardian, "care", "监护");
}

fn helpers(net: &mut Net, facts: &Facts) {
    let mut steps = facts.emergency.iter();
    let hospital = steps.find(|done| done.what.step == EmergencyStep::Hospital);
    if let Some(done) = hospital {
        let name = done.what.unit.as_str();
        net.add(
            node("hospital", "hospital", "医院", name, "送医"),
            "duty",
            "救治",
        );
    }
    let asked = facts
        .orders
        .last()
        .map(|order| order.asked.what.court.as_str());
    let filed = facts
        .removal
        .as_ref()
        .and_then(|removal| removal.filed.as_ref());
    let court = filed.map(|filed| filed.what.court.as_str()).or(asked);
    if let Some(court) = court {
        net.add(
            node("court", "court", "人民法院", court, ""),
            "duty",
            "裁判",
        );
    }
    for (nth, done) in facts.helps.iter().enumerate() {
        let kind = match done.what.help {
            Help::Medical => "hospital",
            Help::Education => "school",
            _ => "service",
        };
        let id = format!("help{nth}");
        let label = done.what.help.label();
        net.add(node(&id, kind, label, &done.what.unit, ""), "duty", "帮扶");
    }
}
