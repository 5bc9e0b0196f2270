//! The whole of a protection case on one page.

use askama::Template;
use prost_types::Timestamp;
use yiwang_proto::child::v1 as pb;

use super::{age, cases::custody, grave, short, until, urgency};
use crate::portal::view::{
    Chrome,
    child::network::{Edge, Mark, Network, Node},
    format,
};

/// An act, as a link to its form.
pub(crate) struct Next {
    pub(crate) code: String,
    pub(crate) label: String,
    /// The reader may take it.
    pub(crate) own: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "child/workbench.html")]
pub(crate) struct WorkbenchPage {
    pub(crate) chrome: Chrome,
    /// ISO date.
    pub(crate) today: String,
    pub(crate) number: String,
    /// The reader may ask who reported.
    pub(crate) reveals: bool,
    pub(crate) next: Vec<Next>,
    pub(crate) others: Vec<Next>,
    /// On what ground the reader sees the case.
    pub(crate) ground: String,
    pub(crate) until: Option<Timestamp>,
    pub(crate) case: pb::ProtectionCaseRow,
    pub(crate) network: Network,
    pub(crate) bench: pb::Workbench,
}

impl WorkbenchPage {
    fn ends(&self) -> String {
        format::wire_moment(self.until.as_ref())
    }

    /// Where the child is, when civil affairs guard it.
    fn placed(&self) -> Option<&pb::Placement> {
        let placement = self.bench.placement.as_ref();
        placement.filter(|one| !one.custody.is_empty())
    }
}

/// Class of a step in the picture of progress.
fn class(state: &str) -> &'static str {
    match state {
        "done" => "done",
        "current" => "current",
        "skipped" => "skipped",
        _ => "",
    }
}

/// Its state in words, for those who do not see the picture.
fn state(state: &str) -> &'static str {
    match state {
        "done" => "已完成",
        "current" => "正在办",
        "skipped" => "不需要",
        _ => "还没有开始",
    }
}

/// Who stands around the child, to be drawn.
pub(crate) fn network(bench: &pb::Workbench) -> Network {
    let harms = |id: &str| {
        bench
            .edges
            .iter()
            .any(|edge| edge.from == id && edge.kind == "harm")
    };
    let node = |one: &pb::NetworkNode| Node {
        id: one.id.clone(),
        label: match (one.missing, one.name.as_str()) {
            (false, name) if !name.is_empty() => format!("{} {name}", one.label),
            _ => one.label.clone(),
        },
        note: one.words.clone(),
        mark: match one.missing {
            true => Mark::Missing,
            false if harms(&one.id) || one.kind == "suspect" => Mark::Bad,
            false => Mark::Fine,
        },
        href: String::new(),
    };
    let edge = |one: &pb::NetworkEdge| Edge {
        from: one.from.clone(),
        to: one.to.clone(),
        words: one.words.clone(),
        harm: one.kind == "harm",
    };
    let mut nodes: Vec<_> = bench.nodes.iter().collect();
    nodes.sort_by_key(|one| one.kind != "child");
    Network {
        nodes: nodes.into_iter().map(node).collect(),
        edges: bench.edges.iter().map(edge).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_child_is_first_and_who_harms_it_is_marked() {
        let node = |id: &str, kind: &str| pb::NetworkNode {
            id: id.into(),
            kind: kind.into(),
            label: kind.into(),
            ..Default::default()
        };
        let found = network(&pb::Workbench {
            nodes: vec![node("f", "parent"), node("child", "child")],
            edges: vec![pb::NetworkEdge {
                from: "f".into(),
                to: "child".into(),
                words: "打".into(),
                kind: "harm".into(),
            }],
            ..Default::default()
        });
        assert_eq!(found.nodes[0].id, "child");
        assert_eq!(found.nodes[1].mark, Mark::Bad);
        assert!(found.edges[0].harm);
    }
}
